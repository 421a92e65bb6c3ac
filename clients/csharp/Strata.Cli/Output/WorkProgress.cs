using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>A bar on standard error while a piece of work goes on, once it takes over two seconds; nothing where nobody looks on.</summary>
internal static class WorkProgress
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when the work ends, and as it ends.</summary>
    /// <param name="notes">Standard error.</param>
    /// <param name="work">The work, already begun.</param>
    /// <param name="state">What is going on, and the part of it that is done, 0..1; null where nobody can know. Called while the work goes on.</param>
    /// <param name="patience">Work that ends sooner shows nothing.</param>
    public static async Task WhileAsync(IAnsiConsole notes, Task work, Func<(string What, double? Done)> state, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        if (notes.Profile.Capabilities.Ansi && await Task.WhenAny(work, Task.Delay(patience)) != work)
        {
            await notes.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 }).StartAsync(async display =>
            {
                var bar = display.AddTask("-", maxValue: 1);
                do
                {
                    var (what, done) = state();
                    bar.Description = string.Create(CultureInfo.InvariantCulture, $"{Markup.Escape(what)}  {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
                    (bar.IsIndeterminate, bar.Value) = (done is null, done ?? 0);
                }
                while (await Task.WhenAny(work, Task.Delay(_interval)) != work);
            });
        }

        await work;
    }
}
