using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Strata.ServiceDefaults.Errors;

/// <summary>What a caller sends. A caller who resets the stream while it is read is a plain IOException, a moment before the call's token is
/// cancelled; here it gets a type of its own, which tells it from a failing disk's.</summary>
internal sealed class CallerStream<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    public T Current => inner.Current;

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var next = inner.MoveNext(cancellationToken);
        return next.IsCompletedSuccessfully ? next : WaitAsync(next);
    }

    private static async Task<bool> WaitAsync(Task<bool> next)
    {
        try
        {
            return await next;
        }
        catch (InvalidProtocolBufferException malformed)
        {
            // An IOException too. The status is the one that gRPC gives to a malformed message of a unary call.
            throw new RpcException(new Status(StatusCode.Unknown, $"A message of the stream is no protobuf: {malformed.Message}"));
        }
        catch (IOException reset) when (reset is not BadHttpRequestException)
        {
            throw new StreamResetException(reset);
        }
    }
}
