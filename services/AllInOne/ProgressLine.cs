using System.Diagnostics;

namespace Strata.AllInOne;

/// <summary>Says what is going on while something takes longer than two seconds; silent otherwise.</summary>
internal static class ProgressLine
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

    public static async Task<T> WhileAsync<T>(string what, Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var task = work();
        var shown = false;
        while (await Task.WhenAny(task, Task.Delay(_interval)) != task)
        {
            shown = true;
            var line = $"{what} ... {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s";
            Console.Error.Write(Console.IsErrorRedirected ? line + Environment.NewLine : "\r" + line);
        }

        if (shown && !Console.IsErrorRedirected)
        {
            Console.Error.WriteLine();
        }

        return await task;
    }
}
