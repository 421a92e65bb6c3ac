namespace Strata.Backbone.Graph;

/// <summary>Finds the layers as the repetition in the sequence of segments.</summary>
internal static class LayerBoundaries
{
    /// <summary>Bounds the search, whose time grows with the square of this. A real model of 1,000 layers has about 20,000.</summary>
    private const int MaxSegments = 30_000;

    /// <summary>The hidden states: boundary l is the output of layer l, 0 the embedding output.</summary>
    /// <param name="path">The main path.</param>
    /// <param name="layerCount">L from config.json; null takes the longest repetition.</param>
    /// <param name="maxLayers">Most layers allowed.</param>
    /// <returns>[L + 1] values.</returns>
    /// <exception cref="BackboneException">ModelUnsupported: nothing repeats that often.</exception>
    public static int[] Find(MainPath path, int? layerCount, int maxLayers)
    {
        var segments = path.Segments;
        if (segments.Count > MaxSegments)
        {
            throw new BackboneException(BackboneError.ModelUnsupported, $"The graph has {segments.Count} cuts, more than {MaxSegments}: it is no transformer.");
        }

        // Nodes before segment i, to weigh a repetition by what it covers and not by how finely it is cut.
        var weight = new int[segments.Count + 1];
        for (var i = 0; i < segments.Count; i++)
        {
            weight[i + 1] = weight[i] + segments[i].NodeCount;
        }

        (int Covered, int Period, int End, int Repeats) best = default;
        for (var period = 1; period <= segments.Count / (layerCount ?? 2); period++)
        {
            var matched = 0;
            for (var i = period; i <= segments.Count; i++)
            {
                if (i < segments.Count && segments[i].Signature == segments[i - period].Signature)
                {
                    matched++;
                    continue;
                }

                // A run of matched + period segments ends before i. Aligned to its end, because what precedes the first layer
                // (an embedding LayerNorm) may look like the end of one, while the head begins with something else.
                var repeats = Math.Min((matched + period) / period, layerCount ?? maxLayers);
                if (repeats >= (layerCount ?? 2))
                {
                    var covered = weight[i] - weight[i - (repeats * period)];
                    if (covered > best.Covered)
                    {
                        best = (covered, period, i, repeats);
                    }
                }

                matched = 0;
            }
        }

        if (best.Covered == 0)
        {
            throw new BackboneException(BackboneError.ModelUnsupported, layerCount is { } wanted
                ? $"No part of the graph repeats {wanted} times, as config.json's number of layers says. Correct config.json, or export without graph optimisation."
                : "No part of the graph repeats, so no layers were found. Export without graph optimisation.");
        }

        var start = best.End - (best.Repeats * best.Period);
        return [.. Enumerable.Range(0, best.Repeats + 1).Select(l => (start + (l * best.Period)) is var end && end == 0 ? path.Source : segments[end - 1].End)];
    }
}
