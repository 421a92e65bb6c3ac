using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;

namespace Strata.Interop.Tests.Host;

/// <summary>A TestService that gets every case wrong that a server can get wrong, each only a little.</summary>
internal sealed class WrongRpc : TestService.TestServiceBase
{
    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) =>
        throw new RpcException(new Status(StatusCode.NotFound, "no such call"));

    // One byte too many, no metadata, never compressed, and another message than asked for.
    public override Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        Fail(request.ResponseStatus);
        return Task.FromResult(new SimpleResponse { Payload = OneMore(request.ResponseSize) });
    }

    // One byte too many.
    public override async Task<StreamingInputCallResponse> StreamingInputCall(IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var size = 1;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            size += request.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = size };
    }

    // One message too few.
    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        foreach (var parameters in request.ResponseParameters.Skip(1))
        {
            await responseStream.WriteAsync(new StreamingOutputCallResponse { Payload = OneMore(parameters.Size) }, context.CancellationToken);
        }
    }

    // A message that nobody asked for, after the end of the requests.
    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken))
        {
            Fail(requestStream.Current.ResponseStatus);
            return;
        }

        await responseStream.WriteAsync(new StreamingOutputCallResponse { Payload = OneMore(0) }, context.CancellationToken);
    }

    public override Task<Empty> UnimplementedMethod(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    private static void Fail(EchoStatus? status)
    {
        if (status is not null)
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message.Trim() + "."));
        }
    }

    private static Payload OneMore(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size + 1]) };
}
