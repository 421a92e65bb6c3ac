namespace Strata.Backbone.Contexts;

/// <summary>Picks the rows of kept positions out of one layer's keys or values.</summary>
internal static class KeptRows
{
    /// <summary>Copies rows.</summary>
    /// <param name="source">[heads, T, d].</param>
    /// <param name="target">[heads, A, d].</param>
    /// <param name="length">T.</param>
    /// <param name="kept">[A] positions, ascending.</param>
    /// <param name="layout">Extents of the target.</param>
    public static void Gather(ReadOnlySpan<byte> source, Span<byte> target, int length, IReadOnlyList<int> kept, KeyValueLayout layout)
    {
        var row = layout.HeadSize * layout.ElementSize;
        if (source.Length != (long)layout.KeyValueHeadCount * length * row)
        {
            throw new BackboneException(BackboneError.ModelUnsupported, "The model's present key/values have another shape than its past ones.");
        }

        for (var head = 0; head < layout.KeyValueHeadCount; head++)
        {
            var from = source.Slice(head * length * row, length * row);
            var to = target.Slice(head * kept.Count * row, kept.Count * row);

            // Kept positions come in runs: template words stand together.
            for (int i = 0, run; i < kept.Count; i += run)
            {
                for (run = 1; i + run < kept.Count && kept[i + run] == kept[i] + run; run++)
                {
                }

                from.Slice(kept[i] * row, run * row).CopyTo(to[(i * row)..]);
            }
        }
    }
}
