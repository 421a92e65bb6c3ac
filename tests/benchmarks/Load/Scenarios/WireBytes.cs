using Grpc.Core;
using Strata.Benchmarks.Kernels;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;
using Strata.Contracts.Backbone.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>Message bytes, exact: no clock takes part.</summary>
internal static class WireBytes
{
    public static async Task<Section> MeasureAsync(Bench bench, Budgets budgets)
    {
        var rows = new List<Report.Row>();
        foreach (var subject in bench.Subjects)
        {
            var request = subject.Request(0);
            var decode = await bench.Pair.Decoding.DecodeAsync(request, cancellationToken: bench.Cancellation);
            var layers = await StreamAsync(bench, subject);
            var name = $"{subject.Name}, {subject.AllLayers.Length} layers x {decode.Result.Scores.Count} labels";
            rows.Add(new($"{name}: Backbone to Decoding, one decode (Timing.backbone_bytes)", decode.Timing.BackboneBytes, "bytes"));
            rows.Add(new($"{name}: DecodeRequest", request.CalculateSize(), "bytes"));
            rows.Add(new($"{name}: DecodeResponse", decode.CalculateSize(), "bytes"));
            rows.Add(new($"{name}: StreamLayersRequest", LayerRequests.Of(subject, subject.AllLayers).CalculateSize(), "bytes"));
            rows.Add(new($"{name}: header", layers[0].CalculateSize(), "bytes"));
            rows.Add(new($"{name}: frame of one layer", layers[1].CalculateSize(), "bytes"));
            rows.Add(new($"{name}: summary", layers[^1].CalculateSize(), "bytes"));
            if (layers[1].Frame.Values.Data.Length == DecideKernel.ClassCount * sizeof(float))
            {
                rows.Insert(0, new(
                    $"{DecideKernel.LayerCount} layers x {DecideKernel.ClassCount} labels: Backbone to Decoding, one decode",
                    Deepen(layers, DecideKernel.LayerCount).Sum(message => message.CalculateSize()),
                    "bytes",
                    Target.Budget(budgets.BytesPerLabelDecode)));
            }
        }

        return new Section(
            "Bytes on the wire",
            "Protobuf message bytes; gRPC adds 5 bytes to each message and HTTP/2 9 bytes to each frame. The 24-layer "
                + "figure is the sum of the embedded model's real messages, repeated for 24 layers.",
            rows);
    }

    private static async Task<List<StreamLayersResponse>> StreamAsync(Bench bench, Subject subject)
    {
        using var call = bench.Pair.Backbone.StreamLayers(LayerRequests.Of(subject, subject.AllLayers), cancellationToken: bench.Cancellation);
        return await call.ResponseStream.ReadAllAsync(bench.Cancellation).ToListAsync(bench.Cancellation);
    }

    /// <summary>The same stream as a deeper model would send it: more frames, and the header names them.</summary>
    private static IEnumerable<StreamLayersResponse> Deepen(IReadOnlyList<StreamLayersResponse> stream, int layerCount)
    {
        var header = stream[0].Clone();
        header.Header.Model.LayerCount = layerCount;
        header.Header.ExitLayers.Clear();
        header.Header.ExitLayers.AddRange(Enumerable.Range(1, layerCount));
        yield return header;
        for (var layer = 1; layer <= layerCount; layer++)
        {
            // The last frames' times are the longest numbers.
            var frame = stream[^2].Clone();
            frame.Frame.Layer = layer;
            yield return frame;
        }

        var summary = stream[^1].Clone();
        summary.Summary.LayersRun = layerCount;
        yield return summary;
    }
}
