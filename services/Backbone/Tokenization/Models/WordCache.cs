namespace Strata.Backbone.Tokenization.Models;

/// <summary>Remembers how words were merged: a fixed table, each word in the one slot its hash gives, the newest wins.
/// Bounded in entries and in word length, so hostile input costs only misses. Thread-safe: a slot is one reference to an immutable
/// entry.</summary>
internal sealed class WordCache
{
    /// <summary>Slots; a power of two.</summary>
    public const int Capacity = 1 << 13;

    /// <summary>Longest word kept, in units.</summary>
    public const int MaxWordLength = 64;

    private readonly Entry?[] _slots = new Entry?[Capacity];

    /// <summary>Entries held.</summary>
    public int Count => _slots.Count(slot => slot is not null);

    /// <summary>The symbols of a word, or null.</summary>
    public Symbol[]? Find(ReadOnlySpan<char> word)
    {
        if (word.Length > MaxWordLength)
        {
            return null;
        }

        var entry = Volatile.Read(ref _slots[SlotOf(word)]);
        return entry is not null && word.SequenceEqual(entry.Word) ? entry.Symbols : null;
    }

    /// <summary>Remembers a word.</summary>
    public void Keep(ReadOnlySpan<char> word, ReadOnlySpan<Symbol> symbols)
    {
        if (word.Length <= MaxWordLength)
        {
            Volatile.Write(ref _slots[SlotOf(word)], new Entry(word.ToString(), symbols.ToArray()));
        }
    }

    // The runtime seeds this hash per process: nobody can aim at a slot.
    private static int SlotOf(ReadOnlySpan<char> word) => string.GetHashCode(word) & (Capacity - 1);

    private sealed record Entry(string Word, Symbol[] Symbols);
}
