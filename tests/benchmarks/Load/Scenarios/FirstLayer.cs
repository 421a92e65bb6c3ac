using System.Diagnostics;
using Grpc.Core;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;
using Strata.Contracts.Backbone.V1;
using Row = Strata.Benchmarks.Load.Report.Row;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>How early the first layer's answer arrives: streaming that buffered would show 1.</summary>
internal static class FirstLayer
{
    private const double Slack = 0.05;

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        foreach (var subject in bench.Subjects)
        {
            var times = await StreamForAsync(bench, subject);
            var stages = subject.Hosted.Description.StageCount;
            rows.Add(OverRounds(times, time => time.First / time.Whole).ToRow(
                $"{subject.Name}, {stages} stages: first layer frame / whole stream", "x", Target.AtMost((1.0 / stages) + Slack)));
            rows.Add(OverRounds(times, time => time.First).ToRow($"{subject.Name}: first layer frame", "ms"));
            rows.Add(OverRounds(times, time => time.Whole).ToRow($"{subject.Name}: whole stream", "ms"));
        }

        return new Section(
            "Time to first layer",
            "StreamLayers over loopback, layers 1..L, label readout: time from the call to the frame of layer 1 and to "
                + "the summary, as the client sees them. Ratio per call; the range is that of the rounds' medians.",
            rows);
    }

    private static Spread OverRounds(IEnumerable<IReadOnlyList<(double First, double Whole)>> rounds, Func<(double First, double Whole), double> value) =>
        Spread.Of(rounds.Select(round => Spread.Of(round.Select(value)).Median));

    private static async Task<List<IReadOnlyList<(double First, double Whole)>>> StreamForAsync(Bench bench, Subject subject)
    {
        var request = LayerRequests.Of(subject, subject.AllLayers);
        var rounds = new List<IReadOnlyList<(double, double)>>();
        for (var round = -1; round < bench.Pace.Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var times = new List<(double, double)>();
            while (times.Count < 3 || Stopwatch.GetElapsedTime(began).TotalSeconds < bench.Pace.Seconds)
            {
                times.Add(await StreamAsync(bench, request));
            }

            // The first round warms up.
            if (round >= 0)
            {
                rounds.Add(times);
            }
        }

        return rounds;
    }

    private static async Task<(double First, double Whole)> StreamAsync(Bench bench, StreamLayersRequest request)
    {
        var started = Stopwatch.GetTimestamp();
        var first = 0.0;
        using var call = bench.Pair.Backbone.StreamLayers(request, cancellationToken: bench.Cancellation);
        await foreach (var message in call.ResponseStream.ReadAllAsync(bench.Cancellation))
        {
            if (first == 0 && message.Frame is not null)
            {
                first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }

        return (first, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
