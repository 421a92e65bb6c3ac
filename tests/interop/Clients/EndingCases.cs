using Grpc.Core;
using Grpc.Testing;
using static Strata.Interop.Tests.Clients.TestPayloads;

namespace Strata.Interop.Tests.Clients;

/// <summary>Every way a call ends, and the metadata that it ends with.</summary>
internal sealed class EndingCases(TestService.TestServiceClient client, UnimplementedService.UnimplementedServiceClient unimplemented)
{
    private const string InitialEcho = "x-grpc-test-echo-initial";
    private const string TrailingEcho = "x-grpc-test-echo-trailing-bin";
    private const string InitialValue = "test_initial_metadata_value";
    private static readonly byte[] _trailingValue = [0xab, 0xab, 0xab];

    public async Task CancelAfterBeginAsync()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = client.StreamingInputCall(Options().WithCancellationToken(cancellation.Token));
        await cancellation.CancelAsync();
        await AssertFailsAsync(StatusCode.Cancelled, () => call.ResponseAsync);
    }

    public async Task CancelAfterFirstResponseAsync()
    {
        using var cancellation = new CancellationTokenSource();
        using var call = client.FullDuplexCall(Options().WithCancellationToken(cancellation.Token));
        await call.RequestStream.WriteAsync(Ping(Responses[0], Requests[0]));
        await call.ResponseStream.AssertNextAsync(Responses[0]);
        await cancellation.CancelAsync();
        await AssertFailsAsync(StatusCode.Cancelled, () => call.ResponseStream.MoveNext());
    }

    public async Task TimeoutOnSleepingServerAsync()
    {
        var deadline = DateTime.UtcNow.AddMilliseconds(1);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var call = client.FullDuplexCall(Options().WithDeadline(deadline));
            try
            {
                await call.RequestStream.WriteAsync(new StreamingOutputCallRequest { Payload = Zeros(Requests[0]) });
            }
            catch (Exception broken) when (broken is not RpcException)
            {
                // The call was over before its first message, which a write tells in several ways; the status says why.
            }

            await call.ResponseStream.MoveNext();
        });
        // A grpcio server whose timer goes off first resets the stream, which the official client reports as it came.
        var resetByServer = failure.StatusCode == StatusCode.Cancelled && DateTime.UtcNow >= deadline;
        Assert.True(failure.StatusCode == StatusCode.DeadlineExceeded || resetByServer, failure.Message);
    }

    public async Task CustomMetadataAsync()
    {
        var headers = new Metadata { { InitialEcho, InitialValue }, { TrailingEcho, _trailingValue } };
        using var unary = client.UnaryCallAsync(Large(), Options(headers));
        Assert.Equal(InitialValue, (await unary.ResponseHeadersAsync).GetValue(InitialEcho));
        Assert.Equal(Zeros(LargeResponse), (await unary).Payload);
        Assert.Equal(_trailingValue, unary.GetTrailers().GetValueBytes(TrailingEcho));

        using var duplex = client.FullDuplexCall(Options(headers));
        await duplex.RequestStream.WriteAsync(Ping(LargeResponse, LargeRequest));
        Assert.Equal(InitialValue, (await duplex.ResponseHeadersAsync).GetValue(InitialEcho));
        await duplex.ResponseStream.AssertNextAsync(LargeResponse);
        await duplex.RequestStream.CompleteAsync();
        await duplex.ResponseStream.AssertEndAsync();
        Assert.Equal(_trailingValue, duplex.GetTrailers().GetValueBytes(TrailingEcho));
    }

    public async Task StatusCodeAndMessageAsync()
    {
        var asked = new EchoStatus { Code = (int)StatusCode.Unknown, Message = "test status message" };
        await AssertUnaryStatusAsync(asked);

        using var duplex = client.FullDuplexCall(Options());
        await duplex.RequestStream.WriteAsync(new StreamingOutputCallRequest { ResponseStatus = asked });
        await duplex.RequestStream.CompleteAsync();
        var status = await AssertFailsAsync(StatusCode.Unknown, () => duplex.ResponseStream.MoveNext());
        Assert.Equal(asked.Message, status.Detail);
    }

    public Task SpecialStatusMessageAsync() => AssertUnaryStatusAsync(new EchoStatus
    {
        Code = (int)StatusCode.Unknown,
        Message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n",
    });

    public Task UnimplementedMethodAsync() =>
        AssertFailsAsync(StatusCode.Unimplemented, async () => await client.UnimplementedMethodAsync(new Empty(), Options()));

    public Task UnimplementedServiceAsync() =>
        AssertFailsAsync(StatusCode.Unimplemented, async () => await unimplemented.UnimplementedCallAsync(new Empty(), Options()));

    private async Task AssertUnaryStatusAsync(EchoStatus asked)
    {
        var status = await AssertFailsAsync((StatusCode)asked.Code, async () => await client.UnaryCallAsync(new SimpleRequest { ResponseStatus = asked }, Options()));
        Assert.Equal(asked.Message, status.Detail);
    }
}
