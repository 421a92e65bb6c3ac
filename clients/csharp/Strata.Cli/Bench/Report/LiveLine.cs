using System.Globalization;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Report;

/// <summary>A line of progress on the error stream, redrawn while the run goes on; nothing if that is no terminal.</summary>
internal static class LiveLine
{
    private const int BarWidth = 30;

    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    public static async Task WhileAsync(Task run, IArrivals arrivals, IReadOnlyList<CallRecorder> recorders)
    {
        if (Console.IsErrorRedirected)
        {
            await run.ConfigureAwait(false);
            return;
        }

        while (await Task.WhenAny(run, Task.Delay(_interval)).ConfigureAwait(false) != run)
        {
            var filled = (int)(arrivals.Progress * BarWidth);
            var (done, failed) = (recorders.Sum(recorder => recorder.Done), recorders.Sum(recorder => recorder.Failed));
            await Console.Error.WriteAsync(string.Create(
                CultureInfo.InvariantCulture, $"\r{new string('█', filled)}{new string('░', BarWidth - filled)} {arrivals.Progress:0%}  {done} calls, {failed} failed ")).ConfigureAwait(false);
        }

        await Console.Error.WriteAsync($"\r{new string(' ', BarWidth + 50)}\r").ConfigureAwait(false);
        await run.ConfigureAwait(false);
    }
}
