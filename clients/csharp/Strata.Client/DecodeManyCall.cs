using System.Runtime.CompilerServices;
using Grpc.Core;
using Strata.Contracts.Decoding.V1;

namespace Strata.Client;

/// <summary>One DecodeStream: sends requests while fewer than <paramref name="inFlight"/> are unanswered, and yields the answers.</summary>
internal sealed class DecodeManyCall(
    Func<CancellationToken, AsyncDuplexStreamingCall<DecodeStreamRequest, DecodeStreamResponse>> start,
    int inFlight)
{
    public async IAsyncEnumerable<DecodeAnswer> RunAsync(IAsyncEnumerable<DecodeRequest> requests, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var permits = new SemaphoreSlim(inFlight);
        using var call = start(stop.Token);
        var sending = SendAsync(call.RequestStream, requests, permits, stop.Token);
        try
        {
            while (await NextAsync(call.ResponseStream, sending, cancellation).ConfigureAwait(false))
            {
                permits.Release();
                yield return DecodeAnswer.From(call.ResponseStream.Current);
            }
        }
        finally
        {
            // The caller may have left early, or the call failed: the sender must not outlive the call.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The caller's own enumeration may throw: then its exception ends the answers instead of a silent wait.
    private static async Task<bool> NextAsync(IAsyncStreamReader<DecodeStreamResponse> answers, Task sending, CancellationToken cancellation)
    {
        var next = Calls.GuardAsync(() => answers.MoveNext(cancellation), cancellation);
        if (await Task.WhenAny(next, sending).ConfigureAwait(false) == sending && sending.Exception?.InnerException is { } cause and not RpcException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        }

        return await next.ConfigureAwait(false);
    }

    private static async Task SendAsync(IClientStreamWriter<DecodeStreamRequest> stream, IAsyncEnumerable<DecodeRequest> requests, SemaphoreSlim permits, CancellationToken stop)
    {
        ulong id = 0;
        await foreach (var request in requests.WithCancellation(stop).ConfigureAwait(false))
        {
            await permits.WaitAsync(stop).ConfigureAwait(false);
            await stream.WriteAsync(new DecodeStreamRequest { Id = id++, Decode = request }, stop).ConfigureAwait(false);
        }

        await stream.CompleteAsync().ConfigureAwait(false);
    }
}
