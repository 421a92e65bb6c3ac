using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>The next call starts when a worker has its answer: shows what so many callers get, and never more load than the server takes.</summary>
/// <param name="requests">Calls in all; null: no limit.</param>
/// <param name="duration">Time in which calls start; null: no limit.</param>
/// <param name="drain">Time that calls begun in it may still take.</param>
internal sealed class ClosedLoop(long? requests, TimeSpan? duration, TimeSpan drain) : IArrivals
{
    private readonly long _startNs = Clock.Now;
    private readonly long _endNs = duration is { } span ? Clock.Now + Clock.Nanoseconds(span) : long.MaxValue;
    private long _next;

    public long GiveUpAtNs => _endNs == long.MaxValue ? long.MaxValue : _endNs + Clock.Nanoseconds(drain);

    public double Progress => Math.Min(1, Math.Max(
        requests is { } limit ? (double)Volatile.Read(ref _next) / limit : 0,
        duration is { } span ? (double)(Clock.Now - _startNs) / Clock.Nanoseconds(span) : 0));

    public ValueTask<Arrival?> NextAsync(CancellationToken cancellation)
    {
        var now = Clock.Now;
        if (cancellation.IsCancellationRequested || now >= _endNs)
        {
            return default;
        }

        var index = Interlocked.Increment(ref _next) - 1;
        return index < (requests ?? long.MaxValue) ? new(new Arrival(index, now)) : default;
    }

    public void Ended()
    {
    }
}
