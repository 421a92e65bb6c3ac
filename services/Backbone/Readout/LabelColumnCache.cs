using Strata.Backbone.Graph;

namespace Strata.Backbone.Readout;

/// <summary>The label columns of the label sets in use; the oldest set goes when there are too many.</summary>
internal sealed class LabelColumnCache(FinalProjection projection, string weightFolder)
{
    private const int MaxSets = 64;

    /// <summary>Sets with more weights than this are read from full logits instead. 16 Mi floats = 64 MiB.</summary>
    private const long MaxWeights = 16L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LabelColumns> _sets = new(StringComparer.Ordinal);
    private readonly Queue<string> _age = [];

    /// <summary>The columns of a label set, or null where they are not worth having.</summary>
    public LabelColumns? Get(IReadOnlyList<int> tokenIds, int hiddenSize)
    {
        if ((long)tokenIds.Count * hiddenSize > MaxWeights)
        {
            return null;
        }

        var key = string.Join(',', tokenIds);
        lock (_gate)
        {
            if (_sets.TryGetValue(key, out var known))
            {
                return known;
            }
        }

        // Outside the lock: reading a file must not hold up other label sets. Two runs may gather one set; the first is kept.
        var columns = LabelColumns.Gather(projection, weightFolder, tokenIds);
        lock (_gate)
        {
            if (_sets.TryAdd(key, columns))
            {
                _age.Enqueue(key);
                if (_age.Count > MaxSets)
                {
                    _sets.Remove(_age.Dequeue());
                }
            }

            return columns;
        }
    }
}
