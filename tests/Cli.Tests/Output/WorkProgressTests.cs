using Spectre.Console;
using Strata.Cli.Output;

namespace Strata.Cli.Tests.Output;

/// <summary>When progress is drawn, and what.</summary>
public sealed class WorkProgressTests
{
    private readonly StringWriter _screen = new();

    [Fact]
    public async Task While_SomebodyLooksOn_ShowsWhatIsDoneUntilTheEnd()
    {
        var work = new TaskCompletionSource();
        var asked = 0;
        await WorkProgress.WhileAsync(Notes(AnsiSupport.Yes), work.Task, State, TimeSpan.Zero);
        Assert.Contains("decoded 2 of [4]", _screen.ToString());

        (string What, double? Done) State()
        {
            if (++asked == 3)
            {
                work.SetResult();
            }

            return ("decoded 2 of [4]", 0.5);
        }
    }

    [Fact]
    public async Task While_NobodyLooksOn_IsSilent()
    {
        var work = new TaskCompletionSource();
        var shown = WorkProgress.WhileAsync(Notes(AnsiSupport.No), work.Task, () => throw new InvalidOperationException(), TimeSpan.Zero);
        work.SetResult();
        await shown;
        Assert.Empty(_screen.ToString());
    }

    [Fact]
    public async Task While_WorkEndsInTime_IsSilent()
    {
        await WorkProgress.WhileAsync(Notes(AnsiSupport.Yes), Task.CompletedTask, () => throw new InvalidOperationException(), WorkProgress.Patience);
        Assert.Empty(_screen.ToString());
    }

    [Fact]
    public async Task While_WorkFails_FailsAlike()
    {
        var work = Task.FromException(new InvalidDataException());
        await Assert.ThrowsAsync<InvalidDataException>(() => WorkProgress.WhileAsync(Notes(AnsiSupport.Yes), work, () => ("", null), TimeSpan.Zero));
    }

    private IAnsiConsole Notes(AnsiSupport ansi) => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = ansi, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(_screen) });
}
