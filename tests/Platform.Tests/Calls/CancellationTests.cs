using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class CancellationTests
{
    // Long enough for a busy machine; a test that passes never waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deadline_Passed_FailsTheClientAndCancelsTheHandler()
    {
        await using var server = await ProbeServer.StartAsync();
        await server.Client.EchoAsync(new Ping(), cancellationToken: TestCancelled); // connects, so that the deadline covers the call alone
        var call = server.Client.HoldAsync(new Ping(), deadline: DateTime.UtcNow.AddSeconds(2), cancellationToken: TestCancelled);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await server.Record.HoldCancelled.Task.WaitAsync(Patience, TestCancelled);
    }

    [Fact]
    public async Task Token_Cancelled_FailsTheClientAndCancelsTheHandler()
    {
        await using var server = await ProbeServer.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestCancelled);
        var call = server.Client.HoldAsync(new Ping(), cancellationToken: cancellation.Token);
        await server.Record.HoldStarted.Task.WaitAsync(Patience, TestCancelled);

        await cancellation.CancelAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        await server.Record.HoldCancelled.Task.WaitAsync(Patience, TestCancelled);
    }

    [Fact]
    public async Task Call_Disposed_CancelsTheHandler()
    {
        await using var server = await ProbeServer.StartAsync();
        var call = server.Client.HoldAsync(new Ping(), cancellationToken: TestCancelled);
        await server.Record.HoldStarted.Task.WaitAsync(Patience, TestCancelled);

        call.Dispose();

        await server.Record.HoldCancelled.Task.WaitAsync(Patience, TestCancelled);
    }
}
