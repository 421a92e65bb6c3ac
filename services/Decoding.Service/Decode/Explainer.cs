using System.Diagnostics;
using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Classification;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Telemetry;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Decode;

/// <summary>Decides one text and sends what each layer would have answered, as the layers arrive.</summary>
internal sealed class Explainer(DecodePlanner planner, DecodingMeter meter)
{
    public Task ExplainAsync(DecodeQuestion question, string text, CallOptions call, Func<ExplainStreamResponse, Task> send)
    {
        var begun = false;
        return planner.RunAsync(question, call, RunAsync, () => begun);

        async Task<bool> RunAsync(DecodePlan plan)
        {
            try
            {
                await ExplainAsync(plan, text, call, SendAsync);
                return true;
            }
            catch (RichErrorException failure)
            {
                throw new RichErrorException(RowFields.Rename(failure.Error, _ => "decode.text", plan.Labels.RowsPerText), failure);
            }
        }

        Task SendAsync(ExplainStreamResponse response)
        {
            begun = true;
            return send(response);
        }
    }

    private async Task ExplainAsync(DecodePlan plan, string text, CallOptions call, Func<ExplainStreamResponse, Task> send)
    {
        var started = Stopwatch.GetTimestamp();
        var labels = plan.Labels.Labels;
        var classifier = plan.CreateClassifier();
        var logits = classifier.CreateLogits();
        var trajectory = new LayerTrajectory(plan.Model.LayerCount, labels.Count, plan.Parameters.LayerSelection);
        var timing = new Timing();
        var promptRows = await plan.RowsAsync([text], call);
        timing.TokenizeUs = DecodeRun.Microseconds(started);
        using var stream = new LayerStream(plan.Backbone, plan.Request(promptRows, Enumerable.Range(0, plan.Model.LayerCount + 1), coalesceFrames: false), call);
        var header = await stream.ReadHeaderAsync(call.CancellationToken);
        await send(new ExplainStreamResponse { Header = Header(plan, header.TokenCounts[0]) });

        var labelScores = new double[labels.Count];
        await foreach (var rows in stream.ReadLayersAsync(call.CancellationToken))
        {
            var elapsed = DecodeRun.Microseconds(started);
            timing.FirstLayerUs = timing.FirstLayerUs == 0 ? elapsed : timing.FirstLayerUs;
            plan.Labels.Read(rows, 0, labelScores);
            if (logits.Contains(rows.Layer))
            {
                logits.Set(rows.Layer, labelScores);
            }

            await send(new ExplainStreamResponse { Point = Point(trajectory.Add(rows.Layer, labelScores.AsSpan()), labels, elapsed) });
        }

        timing.BackboneUs = DecodeRun.Microseconds(started);
        DecodeRun.Add(timing, stream);
        var deciding = Stopwatch.GetTimestamp();
        var decision = classifier.CreateDecision();
        classifier.Decide(logits, decision);
        timing.DecideUs = DecodeRun.Microseconds(deciding);
        var outcome = Outcome(decision, labels, header.TokenCounts[0]);
        timing.TotalUs = DecodeRun.Microseconds(started);
        meter.Decided(plan.Backbone.Name, [outcome.Result], started, timing.FirstLayerUs);
        if (plan.Context?.Use is { } use)
        {
            meter.ContextUsed(plan.Backbone.Name, use);
        }

        outcome.Timing = timing;
        await send(new ExplainStreamResponse { Outcome = outcome });
    }

    private static ExplainHeader Header(DecodePlan plan, int tokenCount)
    {
        var header = new ExplainHeader { Model = plan.Identity, TokenCount = tokenCount, Effective = plan.Effective, Context = plan.Context?.Use };
        header.Labels.AddRange(plan.Labels.Labels);
        return header;
    }

    private static LayerPoint Point(TrajectoryPoint from, IReadOnlyList<string> labels, long elapsed)
    {
        var point = new LayerPoint { Layer = from.Layer, Label = labels[from.TopLabel], Entropy = (float)from.EntropyNats, ElapsedUs = elapsed };
        foreach (var probability in from.Probabilities)
        {
            point.Probabilities.Add((float)probability);
        }

        return point;
    }

    private static ExplainOutcome Outcome(ContrastiveDecision decision, IReadOnlyList<string> labels, int tokenCount)
    {
        var outcome = new ExplainOutcome { Result = ResultMapping.ToWire(decision, labels, tokenCount) };
        for (var i = 0; i < decision.CandidateLayers.Length; i++)
        {
            if (!double.IsNaN(decision.SelectionDistances[i]))
            {
                outcome.Distances.Add(new CandidateDistance { Layer = decision.CandidateLayers[i], Distance = decision.SelectionDistances[i] });
            }
        }

        for (var label = 0; label < labels.Count; label++)
        {
            if (decision.Plausible[label])
            {
                outcome.PlausibleLabels.Add(labels[label]);
            }
        }

        return outcome;
    }
}
