using System.Diagnostics;
using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Telemetry;

namespace Strata.Decoding.Service.Decode;

/// <summary>Decides any number of texts under one question, in calls of as many rows as the Backbone takes.</summary>
internal sealed class BatchDecoder(DecodePlanner planner, DecodingMeter meter)
{
    /// <summary>Results in the order of the texts, all from one generation of the model.</summary>
    /// <param name="question">What to decide.</param>
    /// <param name="texts">At least one.</param>
    /// <param name="call">Deadline and cancellation.</param>
    /// <param name="fieldOfText">Field of the request that each text stood in, for errors.</param>
    public Task<BatchDecodeResponse> DecodeAsync(DecodeQuestion question, IReadOnlyList<string> texts, CallOptions call, Func<int, string> fieldOfText) =>
        planner.RunAsync(question, call, async plan =>
        {
            var timing = new Timing();
            var results = new DecodeResult[texts.Count];

            // Texts of like length share a call, so that little is padding.
            int[] order = [.. Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Length)];
            foreach (var part in order.Chunk(plan.MaxTexts))
            {
                var (started, firstLayer) = (Stopwatch.GetTimestamp(), timing.FirstLayerUs);
                var decided = await DecodeRun.DecideAsync(plan, [.. part.Select(i => texts[i])], call, timing, row => fieldOfText(part[row]));
                meter.Decided(plan.Backbone.Name, decided, started, timing.FirstLayerUs - firstLayer);
                for (var i = 0; i < part.Length; i++)
                {
                    results[part[i]] = decided[i];
                }
            }

            if (plan.Context?.Use is { } use)
            {
                meter.ContextUsed(plan.Backbone.Name, use);
            }

            var response = new BatchDecodeResponse { Effective = plan.Effective, Model = plan.Identity, Timing = timing, Context = plan.Context?.Use };
            response.Results.AddRange(results);
            return response;
        });
}
