using Spectre.Console;
using Strata.Contracts.Decoding.V1;

namespace Strata.AllInOne;

/// <summary>Shows an explanation while it arrives, or at once where nobody looks on.</summary>
internal static class TrajectoryPrinter
{
    /// <param name="console">Where to show it.</param>
    /// <param name="text">The text that is explained.</param>
    /// <param name="events">The messages of ExplainStream.</param>
    /// <param name="live">Whether layers show as they arrive.</param>
    /// <exception cref="InvalidDataException">The stream ended without a decision.</exception>
    public static async Task PrintAsync(IAnsiConsole console, string text, IAsyncEnumerable<ExplainStreamResponse> events, bool live)
    {
        var trajectory = new Trajectory(text, console.Profile.Width);
        if (live)
        {
            await console.Live(trajectory.Render()).StartAsync(async display =>
            {
                await foreach (var message in events)
                {
                    trajectory.Add(message);
                    display.UpdateTarget(trajectory.Render());
                }
            });
        }
        else
        {
            await foreach (var message in events)
            {
                trajectory.Add(message);
            }

            console.Write(trajectory.Render());
        }

        if (!trajectory.IsComplete)
        {
            throw new InvalidDataException("The explanation ended early.");
        }
    }
}
