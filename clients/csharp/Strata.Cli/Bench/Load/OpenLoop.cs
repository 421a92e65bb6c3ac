using System.Threading.Channels;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>Calls are due by a schedule, whether or not earlier ones were answered: what a service meets in production.</summary>
/// <remarks>A thread of its own keeps the schedule: timers are 1 ms coarse, which would be seen in the times of a fast server.</remarks>
internal sealed class OpenLoop : IArrivals, IDisposable
{
    // Calls due and not yet taken; above it the thread waits, and the later ones are still due when the schedule says.
    private const int QueueLength = 4096;
    private const long SleepAboveNs = 2_000_000;

    private readonly Channel<Arrival> _due = Channel.CreateBounded<Arrival>(new BoundedChannelOptions(QueueLength) { SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly IEnumerable<long> _schedule;
    private readonly int _inFlight;
    private readonly long _startNs;
    private readonly long _durationNs;
    private readonly Thread _thread;
    private int _outstanding;
    private long _overruns;

    /// <param name="schedule">Offsets from now, ns.</param>
    /// <param name="duration">Time in which calls are due.</param>
    /// <param name="drain">Time after it that they may still take.</param>
    /// <param name="inFlight">Workers that take them.</param>
    /// <param name="cancellation">Ends the schedule.</param>
    public OpenLoop(IEnumerable<long> schedule, TimeSpan duration, TimeSpan drain, int inFlight, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        (_schedule, _inFlight) = (schedule, inFlight);
        _startNs = Clock.Now;
        _durationNs = Clock.Nanoseconds(duration);
        GiveUpAtNs = _startNs + _durationNs + Clock.Nanoseconds(drain);
        _thread = new Thread(Keep) { IsBackground = true, Name = "strata bench schedule" };
        _thread.Start();
    }

    public long GiveUpAtNs { get; }

    public double Progress => Math.Min(1, (double)(Clock.Now - _startNs) / _durationNs);

    /// <summary>Calls that found all workers busy and had to wait; their times count from when they were due.</summary>
    public long Overruns => Volatile.Read(ref _overruns);

    public async ValueTask<Arrival?> NextAsync(CancellationToken cancellation)
    {
        while (await _due.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (!cancellation.IsCancellationRequested && _due.Reader.TryRead(out var arrival))
            {
                return arrival;
            }

            if (cancellation.IsCancellationRequested)
            {
                break;
            }
        }

        return null;
    }

    public void Ended() => Interlocked.Decrement(ref _outstanding);

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Keep()
    {
        try
        {
            var index = 0L;
            foreach (var offset in _schedule.TakeWhile(offset => offset < _durationNs))
            {
                WaitUntil(_startNs + offset);
                var arrival = new Arrival(index++, _startNs + offset);
                if (Interlocked.Increment(ref _outstanding) > _inFlight)
                {
                    Volatile.Write(ref _overruns, _overruns + 1);
                }

                while (!_due.Writer.TryWrite(arrival))
                {
                    _due.Writer.WaitToWriteAsync(_stop.Token).AsTask().GetAwaiter().GetResult();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run was ended early.
        }

        _due.Writer.Complete();
    }

    // Sleeps while the call is far, then yields the core until it is due.
    private void WaitUntil(long dueNs)
    {
        var spin = default(SpinWait);
        while (dueNs - Clock.Now is > 0 and var remaining)
        {
            _stop.Token.ThrowIfCancellationRequested();
            if (remaining > SleepAboveNs)
            {
                _stop.Token.WaitHandle.WaitOne((int)Math.Min((remaining - SleepAboveNs) / 1_000_000 + 1, 1000));
            }
            else
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
        }
    }
}
