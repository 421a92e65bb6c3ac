namespace Strata.Backbone.Tokenization.Models;

/// <summary>Merges a short word: looks for the first merge among all neighbours, again and again. Quadratic, but without a heap's
/// cost.</summary>
internal static class ScanMerger
{
    /// <summary>Longest word, in symbols, for which scanning is the faster way.</summary>
    public const int MaxSymbols = 40;

    /// <summary>Merges in place.</summary>
    /// <returns>Number of symbols left.</returns>
    public static int Merge(Span<Symbol> symbols, MergeTable merges)
    {
        Span<(int Rank, int Id)> pairs = stackalloc (int, int)[MaxSymbols];
        var count = symbols.Length;
        for (var i = 0; i + 1 < count; i++)
        {
            pairs[i] = Find(symbols, i, merges);
        }

        while (true)
        {
            var best = 0;
            for (var i = 1; i + 1 < count; i++)
            {
                if (pairs[i].Rank < pairs[best].Rank)
                {
                    best = i;
                }
            }

            if (count < 2 || pairs[best].Rank == int.MaxValue)
            {
                return count;
            }

            symbols[best] = new Symbol(pairs[best].Id, symbols[best].Start, symbols[best + 1].End);
            symbols[(best + 2)..count].CopyTo(symbols[(best + 1)..]);
            pairs[(best + 1)..(count - 1)].CopyTo(pairs[best..]);
            count--;
            if (best > 0)
            {
                pairs[best - 1] = Find(symbols, best - 1, merges);
            }

            if (best + 1 < count)
            {
                pairs[best] = Find(symbols, best, merges);
            }
        }
    }

    private static (int Rank, int Id) Find(Span<Symbol> symbols, int index, MergeTable merges) =>
        merges.TryGet(symbols[index].Id, symbols[index + 1].Id, out var merge) ? merge : (int.MaxValue, -1);
}
