using Grpc.Core;
using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;
using Strata.Contracts.Decoding.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>A client that keeps a DecodeStream full.</summary>
internal static class StreamClient
{
    /// <summary>Requests in flight on one stream: as many as a Backbone call takes rows, twice, so that the next group waits ready.</summary>
    public const int Window = 128;

    /// <summary>One stream on each client; the texts are shared out evenly.</summary>
    /// <returns>Texts a second over all streams.</returns>
    public static Task<double> MeasureAsync(
        IReadOnlyList<DecodingService.DecodingServiceClient> clients, Subject subject, int texts, CancellationToken cancellation)
    {
        var each = (texts + clients.Count - 1) / clients.Count;
        return Throughput.MeasureAsync(texts, clients.Count, each, (first, count) => StreamAsync(clients[first / each], subject, first, count, cancellation));
    }

    private static async Task StreamAsync(DecodingService.DecodingServiceClient client, Subject subject, int first, int count, CancellationToken cancellation)
    {
        using var call = client.DecodeStream(cancellationToken: cancellation);
        using var room = new SemaphoreSlim(Window);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = SendAsync();
        var answers = 0;
        try
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
            {
                if (answer.Error is { } error)
                {
                    throw new InvalidOperationException($"A request of the stream failed: {error.Message}");
                }

                answers++;
                room.Release();
            }
        }
        finally
        {
            if (answers < count)
            {
                await stop.CancelAsync();
            }
        }

        await sending;
        if (answers != count)
        {
            throw new InvalidOperationException($"{count} requests got {answers} answers.");
        }

        async Task SendAsync()
        {
            for (var i = first; i < first + count; i++)
            {
                await room.WaitAsync(stop.Token);
                await call.RequestStream.WriteAsync(new DecodeStreamRequest { Id = (ulong)i, Decode = subject.Request(i) }, stop.Token);
            }

            await call.RequestStream.CompleteAsync();
        }
    }
}
