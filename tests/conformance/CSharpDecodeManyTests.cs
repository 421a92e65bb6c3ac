using Grpc.Core;
using Strata.Client;
using Strata.Conformance.Tests.Clients;
using Strata.Conformance.Tests.Servers;
using Strata.Contracts.Decoding.V1;

namespace Strata.Conformance.Tests;

/// <summary>What becomes of a DecodeMany of the C# client whose requests fail, or do not come.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class CSharpDecodeManyTests(ConformanceFixture fixture)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Exception> Failures =>
    [
        new TimeZoneNotFoundException("The caller's own."),
        new OperationCanceledException("A wait of the caller's own."),
        new RpcException(new Status(StatusCode.DataLoss, "A stream of the caller's own.")),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task DecodeMany_CallersEnumerationThrows_ThrowsThatWhereAnswersAreRead(Exception failure)
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        var counting = client.DecodeManyAsync(ThenThrowAsync(failure), cancellation: Cancellation).CountAsync(Cancellation).AsTask();
        Assert.Same(failure, await Record.ExceptionAsync(() => counting.WaitAsync(_patience, Cancellation)));
    }

    [Fact]
    public async Task DecodeMany_LeftWhileTheNextRequestIsAwaited_DoesNotWaitForIt()
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        var requests = new Waiting();
        await LeaveAsync().WaitAsync(_patience, Cancellation);
        requests.Release();
        await requests.Ended.WaitAsync(_patience, Cancellation);

        async Task LeaveAsync()
        {
            await foreach (var answer in client.DecodeManyAsync(requests.RequestsAsync(), cancellation: Cancellation))
            {
                Assert.NotNull(answer.Response);
                break;
            }
        }
    }

    [Fact]
    public async Task DecodeMany_ServerFailsWhileTheNextRequestIsAwaited_SaysSoAtOnce()
    {
        await using var server = await ProbeServer.StartAsync(); // Has no DecodeStream.
        using var client = StrataClient.Connect(server.Decoding);
        var requests = new Waiting();
        var counting = client.DecodeManyAsync(requests.RequestsAsync(), cancellation: Cancellation).CountAsync(Cancellation).AsTask();
        var failure = await Assert.ThrowsAsync<StrataException>(() => counting.WaitAsync(_patience, Cancellation));
        Assert.Equal(StatusCode.Unimplemented, failure.Code);
        requests.Release();
        await requests.Ended.WaitAsync(_patience, Cancellation);
    }

    private static async IAsyncEnumerable<DecodeRequest> ThenThrowAsync(Exception failure)
    {
        yield return await Task.FromResult(new DecodeRequest { Text = "x" });
        throw failure;
    }

    /// <summary>One request, and then a wait that knows no token.</summary>
    private sealed class Waiting
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void Release() => _released.SetResult();

        public async IAsyncEnumerable<DecodeRequest> RequestsAsync()
        {
            try
            {
                yield return new DecodeRequest { Text = "x" };
                await _released.Task;
                yield return new DecodeRequest { Text = "y" };
            }
            finally
            {
                _ended.SetResult();
            }
        }
    }
}
