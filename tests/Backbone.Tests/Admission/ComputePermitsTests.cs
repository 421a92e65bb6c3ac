using Strata.Backbone.Admission;

namespace Strata.Backbone.Tests.Admission;

public sealed class ComputePermitsTests
{
    private readonly TaskCompletionSource _stalledWrite = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_PermitsAndQueueTaken_RefusesAtOnce()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 1);
        using var computing = await permits.EnterAsync(Token);
        var waiting = permits.EnterAsync(Token).AsTask();
        Assert.False(waiting.IsCompleted);
        var refused = await Assert.ThrowsAsync<BackboneException>(() => permits.EnterAsync(Token).AsTask());
        Assert.Equal(BackboneError.Overloaded, refused.Error);
        Assert.Equal(2, permits.Admitted);

        computing.Dispose();
        (await waiting).Dispose();
        Assert.Equal(0, permits.Admitted);
    }

    [Fact]
    public async Task EnterAsync_CancelledInTheQueue_GivesItsPlaceBack()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 1);
        using var computing = await permits.EnterAsync(Token);
        using var cancel = new CancellationTokenSource();
        var waiting = permits.EnterAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, permits.Admitted);
    }

    [Fact]
    public async Task Pause_WhileTheReaderStalls_LetsTheNextComputeAndKeepsThePlace()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 1);
        using var stalled = await permits.EnterAsync(Token);
        _ = stalled.PauseDuring(_stalledWrite.Task);
        var next = await permits.EnterAsync(Token);
        Assert.Equal(2, permits.Admitted);

        var resuming = stalled.ResumeAsync(Token).AsTask();
        Assert.False(resuming.IsCompleted);
        next.Dispose();
        await resuming;
        Assert.Equal(1, permits.Admitted);
    }

    [Fact]
    public async Task Pause_WriteIsComplete_KeepsThePermit()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 1);
        using var running = await permits.EnterAsync(Token);
        await running.PauseDuring(Task.CompletedTask);
        var next = permits.EnterAsync(Token).AsTask();
        Assert.False(next.IsCompleted);
        running.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_GivesThePermitBackOnce()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 5);
        var permit = await permits.EnterAsync(Token);
        permit.Dispose();
        permit.Dispose();
        using var one = await permits.EnterAsync(Token);
        var two = permits.EnterAsync(Token).AsTask();
        Assert.False(two.IsCompleted);
        one.Dispose();
        (await two).Dispose();
    }

    [Fact]
    public async Task Dispose_WhilePaused_DoesNotGiveAPermitThatItDoesNotHold()
    {
        using var permits = new ComputePermits(maxConcurrent: 1, maxQueued: 5);
        var paused = await permits.EnterAsync(Token);
        _ = paused.PauseDuring(_stalledWrite.Task);
        paused.Dispose();
        using var one = await permits.EnterAsync(Token);
        Assert.False(permits.EnterAsync(Token).AsTask().IsCompleted);
    }
}
