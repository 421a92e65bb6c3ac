using System.Runtime.InteropServices;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>
/// Follows parts through canonical reordering without a table of combining classes: the sort is stable, so the n-th
/// occurrence of a part in the source is its n-th occurrence in the target. Linear in the length.
/// </summary>
internal static class CanonicalReordering
{
    /// <summary>Tags each target part: 0 if it is the first part of a source character, 1 if a later one.</summary>
    public static int[] Carry(DecomposedText source, DecomposedText target)
    {
        var sourceTags = new int[source.Parts.Count];
        var first = 0;
        foreach (var group in source.Groups)
        {
            sourceTags.AsSpan(first + 1, group.Length - 1).Fill(1);
            first += group.Length;
        }

        var tags = new int[target.Parts.Count];
        Dictionary<int, Queue<int>>? queues = null;
        var from = 0;
        for (var to = 0; to < tags.Length; to++)
        {
            var wanted = target.Parts[to];
            if (queues is not null && queues.TryGetValue(wanted, out var waiting) && waiting.Count > 0)
            {
                tags[to] = waiting.Dequeue();
                continue;
            }

            while (from < sourceTags.Length && source.Parts[from] != wanted)
            {
                // Rare: most texts are in canonical order already.
                queues ??= [];
                ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(queues, source.Parts[from], out _);
                (queue ??= new Queue<int>()).Enqueue(sourceTags[from++]);
            }

            // Past the end only if the library's tables disagree with each other; then it is an insertion.
            tags[to] = from < sourceTags.Length ? sourceTags[from++] : 1;
        }

        return tags;
    }
}
