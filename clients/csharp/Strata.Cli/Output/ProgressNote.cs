using System.Diagnostics;
using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>A line on standard error that says how far a long piece of work is, once it takes over two seconds; silent where nobody looks on.</summary>
/// <param name="console">Standard error.</param>
/// <param name="what">What is going on.</param>
/// <param name="total">How much there is, if that is known.</param>
internal sealed class ProgressNote(IAnsiConsole console, string what, int? total = null) : IDisposable
{
    private const int BarWidth = 30;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _shownAt;
    private int _done;

    /// <summary>One more is done.</summary>
    public void Advance() => Report(_done + 1);

    /// <summary>So much is done.</summary>
    public void Report(int done)
    {
        _done = done;
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (elapsed < _patience || elapsed - _shownAt < _interval || !console.Profile.Capabilities.Ansi)
        {
            return;
        }

        _shownAt = elapsed;
        var filled = total is > 0 and var all ? BarWidth * done / all : 0;
        var bar = total is null ? "" : $"{new string('━', filled)}{new string('─', BarWidth - filled)} ";
        Console.Error.Write($"\r{what} {bar}{done}{(total is null ? "" : $"/{total}")}  {elapsed.TotalSeconds:0} s ");
    }

    public void Dispose()
    {
        if (_shownAt > TimeSpan.Zero)
        {
            Console.Error.Write("\r" + new string(' ', BarWidth + what.Length + 40) + "\r");
        }
    }
}
