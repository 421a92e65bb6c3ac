using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
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
            while (await NextAsync(call.ResponseStream, sending, stop, cancellation).ConfigureAwait(false))
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

    // The caller's own enumeration may fail: then its exception ends the answers instead of a silent wait.
    private static async Task<bool> NextAsync(IAsyncStreamReader<DecodeStreamResponse> answers, Task<Exception?> sending, CancellationTokenSource stop, CancellationToken cancellation)
    {
        var next = Calls.GuardAsync(() => answers.MoveNext(cancellation), cancellation);
        if (await Task.WhenAny(next, sending).ConfigureAwait(false) == sending && sending is { IsCompletedSuccessfully: true, Result: { } failure })
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ExceptionDispatchInfo.Throw(failure);
        }

        return await next.ConfigureAwait(false);
    }

    // The answer is the exception of the caller's own enumeration, whatever its type. Null: all is sent, or the server ended the call.
    private static async Task<Exception?> SendAsync(IClientStreamWriter<DecodeStreamRequest> stream, IAsyncEnumerable<DecodeRequest> requests, SemaphoreSlim permits, CancellationToken stop)
    {
        var source = requests.GetAsyncEnumerator(stop);
        var moving = Task.FromResult(true);
        try
        {
            for (ulong id = 0; ; id++)
            {
                try
                {
                    moving = source.MoveNextAsync().AsTask();
                    if (!await moving.WaitAsync(stop).ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (Exception failure) when (!stop.IsCancellationRequested)
                {
                    return failure;
                }

                await permits.WaitAsync(stop).ConfigureAwait(false);
                var message = new DecodeStreamRequest { Id = id, Decode = source.Current };
                if (!await Calls.SendAsync(() => stream.WriteAsync(message, stop)).ConfigureAwait(false))
                {
                    return null;
                }
            }

            await Calls.SendAsync(stream.CompleteAsync).ConfigureAwait(false);
        }
        finally
        {
            var disposing = DisposeAsync(source, moving);
            if (moving.IsCompleted)
            {
                await disposing.ConfigureAwait(false);
            }
        }

        return null;
    }

    // An enumeration that waits for something of the caller's own can be disposed only afterwards, and must not hold up the caller until then.
    private static async Task DisposeAsync(IAsyncEnumerator<DecodeRequest> source, Task moving)
    {
        await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync().ConfigureAwait(false);
    }
}
