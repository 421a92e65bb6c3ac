using Strata.Client;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Bench.Load;

/// <summary>One call of each kind, as a worker makes it. Requests are made once: call i sends text i modulo the number of texts.</summary>
internal static class Calls
{
    public static Func<int, CallSample, CancellationToken, Task> Decode(IReadOnlyList<StrataClient> clients, IReadOnlyList<DecodeRequest> requests, TimeSpan timeout) =>
        async (worker, sample, cancellation) =>
        {
            var request = Of(requests, sample);
            sample.Sent(request);
            sample.Received(await clients[worker % clients.Count].DecodeAsync(request, timeout, cancellation).ConfigureAwait(false));
        };

    public static Func<int, CallSample, CancellationToken, Task> Explain(IReadOnlyList<StrataClient> clients, IReadOnlyList<DecodeRequest> requests, TimeSpan timeout) =>
        async (worker, sample, cancellation) =>
        {
            var request = Of(requests, sample);
            sample.Sent(new ExplainStreamRequest { Decode = request });
            await foreach (var message in clients[worker % clients.Count].ExplainAsync(request, timeout, cancellation).ConfigureAwait(false))
            {
                if (message.EventCase == ExplainStreamResponse.EventOneofCase.Point)
                {
                    sample.Layer();
                }

                sample.Received(message);
            }
        };

    public static Func<int, CallSample, CancellationToken, Task> Layers(IReadOnlyList<BackboneClient> clients, IReadOnlyList<StreamLayersRequest> requests, TimeSpan timeout) =>
        async (worker, sample, cancellation) =>
        {
            var request = Of(requests, sample);
            sample.Sent(request);
            await foreach (var message in clients[worker % clients.Count].StreamLayersAsync(request, timeout, cancellation).ConfigureAwait(false))
            {
                // A layer of several chunks is here with the last of them.
                if (message.Frame is { } frame && frame.ChunkIndex + 1 >= frame.ChunkCount)
                {
                    sample.Layer();
                }

                sample.Received(message);
            }
        };

    private static T Of<T>(IReadOnlyList<T> requests, CallSample sample) => requests[(int)(sample.Arrival.Index % requests.Count)];
}
