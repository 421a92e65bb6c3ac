using Spectre.Console;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Output;
using Strata.Client;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Bench;

/// <summary>Makes the calls of a plan and measures them.</summary>
internal static class BenchRun
{
    /// <summary>Warms up, then measures. Ctrl-C ends either early.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="decoding">The connections, for a plan that calls Decoding; else empty.</param>
    /// <param name="backbone">The connections, for a plan that calls Backbone; else empty.</param>
    /// <param name="notes">Where progress is shown.</param>
    /// <param name="interrupted">Cancelled by Ctrl-C.</param>
    public static async Task<Measurement> RunAsync(
        BenchPlan plan, IReadOnlyList<StrataClient> decoding, IReadOnlyList<BackboneClient> backbone, IAnsiConsole notes, CancellationToken interrupted)
    {
        var load = Load(plan, decoding, backbone);
        if (plan.WarmupCalls > 0)
        {
            await MeasureAsync(load, new ClosedLoop(plan.WarmupCalls, plan.Timeout, plan.Timeout), notes, interrupted).ConfigureAwait(false);
        }

        if (plan.Rate is not { } rate)
        {
            return await MeasureAsync(load, new ClosedLoop(plan.Requests, plan.Duration, plan.Timeout), notes, interrupted).ConfigureAwait(false);
        }

        var schedule = plan.Schedule == BenchOptions.Poisson ? ArrivalSchedule.Poisson(rate, new Random(plan.Seed)) : ArrivalSchedule.Constant(rate);
        using var arrivals = new OpenLoop(schedule, plan.Duration!.Value, plan.Timeout, plan.InFlight, interrupted);
        var run = await MeasureAsync(load, arrivals, notes, interrupted).ConfigureAwait(false);
        return run with { Overruns = arrivals.Overruns };
    }

    private static async Task<Measurement> MeasureAsync(ILoad load, IArrivals arrivals, IAnsiConsole notes, CancellationToken interrupted)
    {
        CallRecorder[] recorders = [.. Enumerable.Range(0, load.RecorderCount).Select(_ => new CallRecorder())];
        using var end = new RunEnd(arrivals.GiveUpAtNs, interrupted);
        var started = Clock.Now;
        await WorkProgress.WhileAsync(notes, load.RunAsync(arrivals, recorders, end), State, TimeSpan.Zero).ConfigureAwait(false);
        var elapsed = TimeSpan.FromTicks((Clock.Now - started) / TimeSpan.NanosecondsPerTick);
        var all = new CallRecorder();
        foreach (var recorder in recorders)
        {
            all.Add(recorder);
        }

        return new Measurement(all, elapsed, 0, interrupted.IsCancellationRequested);

        (string What, double? Done) State() => ($"{recorders.Sum(recorder => recorder.Done)} calls, {recorders.Sum(recorder => recorder.Failed)} failed", arrivals.Progress);
    }

    private static ILoad Load(BenchPlan plan, IReadOnlyList<StrataClient> decoding, IReadOnlyList<BackboneClient> backbone)
    {
        if (plan.Call == CallKind.Layers)
        {
            return new Workers(Calls.Layers(backbone, [.. plan.Texts.Select(text => LayersOf(plan, text))], plan.Timeout), plan.InFlight);
        }

        DecodeRequest[] requests = [.. plan.Texts.Select(text => new DecodeRequest { Text = text, Backbone = plan.Backbone, ContextId = plan.ContextId })];
        return plan.Call switch
        {
            CallKind.DecodeStream => new DecodeStreams(decoding, requests, plan.InFlight, plan.Timeout),
            CallKind.Explain => new Workers(Calls.Explain(decoding, requests, plan.Timeout), plan.InFlight),
            _ => new Workers(Calls.Decode(decoding, requests, plan.Timeout), plan.InFlight),
        };
    }

    private static StreamLayersRequest LayersOf(BenchPlan plan, string text)
    {
        var kind = Readouts.ByName[plan.Readout];
        return new StreamLayersRequest
        {
            Model = plan.Backbone,
            Rows = { new Row { Text = text } },
            Readout = new Readout { Kind = kind, TopK = kind == ReadoutKind.TopK ? Readouts.TopK : 0 },
        };
    }
}
