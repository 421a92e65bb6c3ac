namespace Strata.Backbone.Tokenization.Models;

/// <summary>Merges a long word in n log n: candidate merges wait in a heap by (rank, position), and stale ones are passed over.</summary>
internal static class HeapMerger
{
    /// <summary>Merges in place.</summary>
    /// <returns>Number of symbols left.</returns>
    public static int Merge(Span<Symbol> symbols, MergeTable merges)
    {
        // A linked list over the symbols: a merged symbol swallows its right neighbour.
        var previous = new int[symbols.Length];
        var next = new int[symbols.Length];
        var isGone = new bool[symbols.Length];
        var heap = new PriorityQueue<int, (int Rank, int Position)>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            previous[i] = i - 1;
            next[i] = i + 1 < symbols.Length ? i + 1 : -1;
            Offer(symbols, i, next[i], merges, heap);
        }

        while (heap.TryDequeue(out var id, out var key))
        {
            var left = key.Position;
            var right = next[left];
            if (isGone[left] || right < 0
                || !merges.TryGet(symbols[left].Id, symbols[right].Id, out var merge) || merge.Id != id)
            {
                continue;
            }

            symbols[left] = new Symbol(id, symbols[left].Start, symbols[right].End);
            isGone[right] = true;
            next[left] = next[right];
            if (next[left] >= 0)
            {
                previous[next[left]] = left;
            }

            if (previous[left] >= 0)
            {
                Offer(symbols, previous[left], left, merges, heap);
            }

            Offer(symbols, left, next[left], merges, heap);
        }

        var count = 0;
        for (var i = 0; i >= 0 && symbols.Length > 0; i = next[i])
        {
            symbols[count++] = symbols[i];
        }

        return count;
    }

    private static void Offer(
        Span<Symbol> symbols, int left, int right, MergeTable merges, PriorityQueue<int, (int Rank, int Position)> heap)
    {
        if (right >= 0 && merges.TryGet(symbols[left].Id, symbols[right].Id, out var merge))
        {
            heap.Enqueue(merge.Id, (merge.Rank, left));
        }
    }
}
