using Grpc.Net.Client;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;
using Strata.Contracts.Decoding.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>Texts a second that the pair does when clients offer more than it can take, against the best this process does without it.</summary>
internal static class Saturation
{
    private const double MinShare = 0.9;
    private const int Connections = 4;
    private const int CallsPerConnection = 8;
    private const int BatchTexts = 64;
    private const int MaxRounds = 3;

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        foreach (var subject in bench.Subjects)
        {
            rows.AddRange(await MeasureAsync(bench, subject));
        }

        return new Section(
            "Throughput at saturation",
            "Texts a second, clients in the same process and on the same cores. In process: tokenizing and staged runs of "
                + "all layers, the best batch size (1 to 64) and thread count (1, 2). DecodeStream: one stream and "
                + $"{Connections} streams on their own connections, {StreamClient.Window} requests in flight on each. Decode: "
                + $"{Connections} connections, {CallsPerConnection} calls at once on each. BatchDecode: {BatchTexts} texts a "
                + "call, 2 calls at once.",
            rows);
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(Bench bench, Subject subject)
    {
        var sweep = await InProcessThroughput.SweepAsync(bench, subject);
        var best = sweep.MaxBy(found => found.TextsPerSecond)!;
        var texts = Math.Max((int)(best.TextsPerSecond * bench.Pace.Seconds), 2 * StreamClient.Window);
        GrpcChannel[] channels = [.. Enumerable.Range(0, Connections).Select(_ => bench.Pair.ConnectToDecoding())];
        DecodingService.DecodingServiceClient[] clients = [.. channels.Select(channel => new DecodingService.DecodingServiceClient(channel))];
        (string Name, Func<Task<double>> Measure)[] ways =
        [
            ("in process", () => best.AgainAsync(subject, texts)),
            ("DecodeStream, 1 stream", () => StreamClient.MeasureAsync(clients[..1], subject, texts, bench.Cancellation)),
            ($"DecodeStream, {Connections} streams", () => StreamClient.MeasureAsync(clients, subject, texts, bench.Cancellation)),
            ($"Decode, {Connections * CallsPerConnection} calls at once", () => UnaryAsync(bench, subject, clients, texts)),
            ("BatchDecode", () => BatchAsync(bench, subject, clients, texts)),
        ];
        var rates = ways.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < Math.Min(bench.Pace.Rounds, MaxRounds); round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                bench.Cancellation.ThrowIfCancellationRequested();
                var rate = await ways[way].Measure();
                // The first round warms up.
                if (round >= 0)
                {
                    rates[way].Add(rate);
                }
            }
        }

        foreach (var channel in channels)
        {
            channel.Dispose();
        }

        return
        [
            .. ways.Skip(1).Select((way, i) => Spread.Of(rates[i + 1].Zip(rates[0], (pair, inProcess) => pair / inProcess))
                .ToRow($"{subject.Name}: {way.Name} / in process", "x", Target.AtLeast(MinShare))),
            .. ways.Select((way, i) => Spread.Of(rates[i]).ToRow(
                $"{subject.Name}: {way.Name}{(i == 0 ? $", batch {best.Batch}, threads {best.Threads}" : "")}", "texts/s")),
            .. sweep.Where(found => found.Threads == 1).Select(found => new Row(
                $"{subject.Name}: in process, batch {found.Batch}, one thread", found.TextsPerSecond, "texts/s")),
        ];
    }

    private static Task<double> UnaryAsync(Bench bench, Subject subject, DecodingService.DecodingServiceClient[] clients, int texts) =>
        Throughput.MeasureAsync(texts, Connections * CallsPerConnection, 1, async (first, _) =>
            await clients[first % clients.Length].DecodeAsync(subject.Request(first), cancellationToken: bench.Cancellation));

    private static Task<double> BatchAsync(Bench bench, Subject subject, DecodingService.DecodingServiceClient[] clients, int texts) =>
        Throughput.MeasureAsync(texts, 2, BatchTexts, async (first, count) =>
        {
            var request = new BatchDecodeRequest { Backbone = subject.Name, LabelSet = subject.Labels() };
            request.Texts.AddRange(Enumerable.Range(first, count).Select(i => subject.Texts[i % subject.Texts.Count]));
            await clients[first / BatchTexts % clients.Length].BatchDecodeAsync(request, cancellationToken: bench.Cancellation);
        });
}
