namespace Strata.Backbone.Tokenization.Models;

/// <summary>The entries that may stand at one kind of place in a word, for longest-match lookup.</summary>
internal sealed class PieceTable
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>[longest + 1] whether any entry has that length: lengths that none has cost no lookup.</summary>
    private readonly bool[] _hasLength;

    /// <param name="ids">The whole vocabulary.</param>
    /// <param name="prefix">Only entries with this prefix are taken, without it.</param>
    public PieceTable(IReadOnlyDictionary<string, int> ids, string prefix)
    {
        var entries = new Dictionary<string, int>(ids.Count);
        foreach (var (token, id) in ids)
        {
            if (token.Length > prefix.Length && token.StartsWith(prefix, StringComparison.Ordinal))
            {
                entries.Add(token[prefix.Length..], id);
            }
        }

        _lookup = entries.GetAlternateLookup<ReadOnlySpan<char>>();
        _hasLength = new bool[entries.Count == 0 ? 1 : entries.Keys.Max(entry => entry.Length) + 1];
        foreach (var entry in entries.Keys)
        {
            _hasLength[entry.Length] = true;
        }
    }

    /// <summary>The longest entry at the front of <paramref name="text"/>.</summary>
    public bool TryLongest(ReadOnlySpan<char> text, out int id, out int length)
    {
        for (length = Math.Min(text.Length, _hasLength.Length - 1); length > 0; length--)
        {
            // A candidate never ends inside a surrogate pair: no entry does.
            if (_hasLength[length] && _lookup.TryGetValue(text[..length], out id))
            {
                return true;
            }
        }

        id = 0;
        return false;
    }
}
