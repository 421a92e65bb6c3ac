using Strata.ServiceDefaults.Leases;

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
        Assert.False(count.TryTake());
        Assert.Throws<ObjectDisposedException>(count.TakeAlso);
    }

    [Fact]
    public void Retire_SomebodyHolds_FreesWithTheLastReturn()
    {
        var count = new LeaseCount(() => _freed++);
        Assert.True(count.TryTake());
        count.Retire();
        Assert.False(count.TryTake());
        count.TakeAlso();
        Assert.Equal(2, count.Leases);
        count.Return();
        Assert.Equal(0, _freed);
        count.Return();
        Assert.Equal(1, _freed);
    }

    [Fact]
    public void Return_BeforeRetire_FreesNothing()
    {
        var count = new LeaseCount(() => _freed++);
        Assert.True(count.TryTake());
        count.Return();
        Assert.Equal(0, _freed);
        Assert.True(count.TryTake());
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
            while (count.TryTake())
            {
                Interlocked.Increment(ref holders);
                Interlocked.Decrement(ref holders);
                count.Return();
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
