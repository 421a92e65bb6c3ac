using Strata.Backbone.Inference;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>How many layers are still computed after a client has cancelled, counted in layers and not in time.</summary>
internal static class Cancel
{
    private const int Calls = 20;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        foreach (var subject in bench.Subjects)
        {
            var (mostInProcess, mostOverGrpc, stoppedEarly) = (0L, 0L, 0);
            for (var i = 0; i < Calls; i++)
            {
                mostInProcess = Math.Max(mostInProcess, await CancelRunAsync(bench, subject));
                var (after, total) = await CancelCallAsync(bench, subject);
                mostOverGrpc = Math.Max(mostOverGrpc, after);
                stoppedEarly += total < subject.Hosted.Description.LayerCount ? 1 : 0;
            }

            rows.Add(new Row($"{subject.Name}, in process: most layers completed after the cancel, {Calls} runs", mostInProcess, "layers", Target.AtMost(1)));
            rows.Add(new Row(
                $"{subject.Name}, over gRPC: most layers completed after the client's cancel, {Calls} calls",
                mostOverGrpc,
                "layers",
                subject.IsLarge ? Target.AtMost(1) : null));
            rows.Add(new Row($"{subject.Name}, over gRPC: calls of {Calls} that ended before the last layer", stoppedEarly, "calls"));
        }

        return new Section(
            "Cancel",
            "Layers completed between the cancel and the end of the run; the layer in progress counts. In process: from "
                + "the moment the token is cancelled by another thread. Over gRPC: from the moment the client gives the call up "
                + "at its first frame, so the way to the server counts too; the embedded model's layers are so short that "
                + "several pass on that way: no target.",
            rows);
    }

    private static async Task<long> CancelRunAsync(Bench bench, Subject subject)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(bench.Cancellation);
        var run = new LayerRun { Batch = subject.Tokenize(0, 1), ExitLayers = subject.AllLayers, Readout = subject.LabelReadout };
        using var began = new ManualResetEventSlim();
        var running = Task.Run(() =>
        {
            foreach (var _ in subject.Hosted.Run(run, cancel.Token))
            {
                began.Set();
            }
        });
        began.Wait(_patience, bench.Cancellation);
        await cancel.CancelAsync();
        var atCancel = subject.Hosted.LayersRun;
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            bench.Cancellation.ThrowIfCancellationRequested();
        }

        return subject.Hosted.LayersRun - atCancel;
    }

    private static async Task<(long After, long Total)> CancelCallAsync(Bench bench, Subject subject)
    {
        var before = subject.Hosted.LayersRun;
        using var call = bench.Pair.Backbone.StreamLayers(LayerRequests.Of(subject, subject.AllLayers), cancellationToken: bench.Cancellation);
        while (await call.ResponseStream.MoveNext(bench.Cancellation) && call.ResponseStream.Current.Frame is null)
        {
        }

        call.Dispose();
        var atCancel = subject.Hosted.LayersRun;
        if (!SpinWait.SpinUntil(() => bench.Pair.AdmittedRuns == 0, _patience))
        {
            throw new InvalidOperationException($"{subject.Name}: a cancelled run did not end within {_patience.TotalSeconds} s.");
        }

        var end = subject.Hosted.LayersRun;
        return (end - atCancel, end - before);
    }
}
