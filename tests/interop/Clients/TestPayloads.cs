using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace Strata.Interop.Tests.Clients;

/// <summary>The messages of the cases, with the sizes in bytes that gRPC's description gives.</summary>
internal static class TestPayloads
{
    public const int LargeRequest = 271828;
    public const int LargeResponse = 314159;

    /// <summary>Sizes of the answers to a server stream and to ping-pong.</summary>
    public static readonly int[] Responses = [31415, 9, 2653, 58979];

    /// <summary>Sizes of the requests of a client stream and of ping-pong.</summary>
    public static readonly int[] Requests = [27182, 8, 1828, 45904];

    public static SimpleRequest Large() => new() { ResponseSize = LargeResponse, Payload = Zeros(LargeRequest) };

    public static StreamingOutputCallRequest Ping(int responseSize, int requestSize) =>
        new() { ResponseParameters = { new ResponseParameters { Size = responseSize } }, Payload = Zeros(requestSize) };

    public static Payload Zeros(int size) => new() { Body = ByteString.CopyFrom(new byte[size]) };

    /// <summary>A call of a case ends by itself well before; only a hanging server meets this deadline.</summary>
    public static CallOptions Options(Metadata? headers = null) =>
        new(headers, DateTime.UtcNow.AddSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>The next message has a body of so many zeros.</summary>
    public static async Task AssertNextAsync(this IAsyncStreamReader<StreamingOutputCallResponse> stream, int size)
    {
        Assert.True(await stream.MoveNext(TestContext.Current.CancellationToken), "The stream ended early.");
        Assert.Equal(Zeros(size), stream.Current.Payload);
    }

    public static async Task AssertEndAsync(this IAsyncStreamReader<StreamingOutputCallResponse> stream) =>
        Assert.False(await stream.MoveNext(TestContext.Current.CancellationToken), "The stream goes on after its last message.");

    /// <summary>The call ends with this status.</summary>
    public static async Task<Status> AssertFailsAsync(StatusCode code, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, failure.StatusCode);
        return failure.Status;
    }
}
