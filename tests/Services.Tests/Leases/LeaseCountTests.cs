using Strata.Leases;

namespace Strata.Services.Tests.Leases;

/// <summary>A thing that calls hold is freed once, and never under a call.</summary>
public sealed class LeaseCountTests
{
    private int _freed;

    [Fact]
    public void Retire_NobodyHolds_FreesAtOnce()
    {
        var count = new LeaseCount(() => _freed++);
        count.Retire();
        count.Retire();
        Assert.Equal(1, _freed);
        Assert.True(count.Freed.IsCompletedSuccessfully);
        Assert.Null(count.TryLease("thing"));
        Assert.Throws<ObjectDisposedException>(() => count.LeaseAlso("thing"));
    }

    [Fact]
    public void Retire_SomebodyHolds_FreesWithTheLastLease()
    {
        var count = new LeaseCount(() => _freed++);
        var lease = count.TryLease("thing")!;
        count.Retire();
        Assert.Null(count.TryLease("thing"));
        var longer = count.LeaseAlso(lease.Value);
        Assert.Equal(("thing", 2), (longer.Value, count.Leases));
        lease.Dispose();
        lease.Dispose();
        Assert.Equal(0, _freed);
        longer.Dispose();
        Assert.Equal(1, _freed);
    }

    [Fact]
    public void Dispose_BeforeRetire_FreesNothing()
    {
        var count = new LeaseCount(() => _freed++);
        count.TryLease("thing")!.Dispose();
        Assert.Equal(0, _freed);
        Assert.NotNull(count.TryLease("thing"));
    }

    [Fact]
    public async Task Retire_AmongManyTakers_NeverFreesWhatIsHeld()
    {
        var holders = 0;
        var freedUnderAHolder = false;
        var count = new LeaseCount(() =>
        {
            _freed++;
            freedUnderAHolder = Volatile.Read(ref holders) > 0;
        });
        using var start = new Barrier(5);
        var takers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            while (count.TryLease("thing") is { } lease)
            {
                Interlocked.Increment(ref holders);
                Interlocked.Decrement(ref holders);
                lease.Dispose();
            }
        })).ToArray();
        start.SignalAndWait(TestContext.Current.CancellationToken);
        Thread.Yield();
        count.Retire();
        await Task.WhenAll(takers).WaitAsync(TestContext.Current.CancellationToken);
        await count.Freed.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, _freed);
        Assert.False(freedUnderAHolder);
    }
}
