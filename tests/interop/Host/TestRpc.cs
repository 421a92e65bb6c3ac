using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace Strata.Interop.Tests.Host;

/// <summary>Implements TestService as test.proto and gRPC's description of a test server say.</summary>
internal sealed class TestRpc(CountedGzip gzip) : TestService.TestServiceBase
{
    private const string InitialEcho = "x-grpc-test-echo-initial";
    private const string TrailingEcho = "x-grpc-test-echo-trailing-bin";
    private const string ResponseEncoding = "grpc-internal-encoding-request"; // how the official server takes the choice

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        CheckCompressed(request.ExpectCompressed);
        await EchoAsync(context, request.ResponseCompressed is { Value: true });
        ThrowIfAsked(request.ResponseStatus);
        context.WriteOptions = Options(request.ResponseCompressed);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var size = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            CheckCompressed(request.ExpectCompressed);
            size += request.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = size };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await EchoAsync(context, request.ResponseParameters.Any(parameters => parameters.Compressed is { Value: true }));
        await AnswerAsync(request, responseStream, context.CancellationToken);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await EchoAsync(context, compressed: false);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await AnswerAsync(request, responseStream, context.CancellationToken);
        }
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, CancellationToken cancellation)
    {
        ThrowIfAsked(request.ResponseStatus);
        foreach (var parameters in request.ResponseParameters)
        {
            await Task.Delay(TimeSpan.FromMicroseconds(parameters.IntervalUs), cancellation);
            responseStream.WriteOptions = Options(parameters.Compressed);
            await responseStream.WriteAsync(new StreamingOutputCallResponse { Payload = Zeros(parameters.Size) }, cancellation);
        }
    }

    private static async Task EchoAsync(ServerCallContext context, bool compressed)
    {
        var headers = new Metadata();
        if (compressed)
        {
            headers.Add(ResponseEncoding, "gzip");
        }

        if (context.RequestHeaders.GetValue(InitialEcho) is { } initial)
        {
            headers.Add(InitialEcho, initial);
        }

        if (context.RequestHeaders.GetValueBytes(TrailingEcho) is { } trailing)
        {
            context.ResponseTrailers.Add(TrailingEcho, trailing);
        }

        if (headers.Count > 0)
        {
            await context.WriteResponseHeadersAsync(headers);
        }
    }

    private void CheckCompressed(BoolValue? expected)
    {
        var compressed = gzip.TakeDecompressed();
        if (expected is not null && expected.Value != compressed)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"compressed: {compressed}, expected: {expected.Value}"));
        }
    }

    private static void ThrowIfAsked(EchoStatus? status)
    {
        if (status is not null)
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    private static WriteOptions Options(BoolValue? compressed) => new(compressed is { Value: false } ? WriteFlags.NoCompress : default);

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
