using System.Buffers;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Models;

/// <summary>Byte-pair encoding: a word begins as its characters, and neighbours merge in the order of the merge list.</summary>
/// <param name="vocabulary">All tokens.</param>
/// <param name="merges">Merges between their ids.</param>
/// <param name="unknownId">Token of a character that the vocabulary lacks; -1 drops the character.</param>
/// <param name="fusesUnknown">Whether neighbouring unknown characters are one token.</param>
/// <param name="ignoresMerges">Whether a word that is a token as a whole skips the merges.</param>
internal sealed class BytePairModel(
    Vocabulary vocabulary, MergeTable merges, int unknownId, bool fusesUnknown, bool ignoresMerges) : ITokenModel
{
    private readonly int[] _lowIds = LowIds(vocabulary);

    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Words merged before.</summary>
    public WordCache Cache { get; } = new();

    public void Tokenize(NormalizedText text, int start, int end, TokenBuffer tokens)
    {
        var word = text.Chars[start..end];
        if (Cache.Find(word) is { } known)
        {
            Emit(known, text, start, tokens);
            return;
        }

        if (ignoresMerges && vocabulary.TryGetId(word, out var id))
        {
            tokens.Add(id, text, start, end);
            return;
        }

        var rented = ArrayPool<Symbol>.Shared.Rent(word.Length);
        try
        {
            var symbols = rented.AsSpan(0, Begin(word, rented));
            var count = symbols.Length <= ScanMerger.MaxSymbols ? ScanMerger.Merge(symbols, merges) : HeapMerger.Merge(symbols, merges);
            Cache.Keep(word, symbols[..count]);
            Emit(symbols[..count], text, start, tokens);
        }
        finally
        {
            ArrayPool<Symbol>.Shared.Return(rented);
        }
    }

    private static void Emit(ReadOnlySpan<Symbol> symbols, NormalizedText text, int start, TokenBuffer tokens)
    {
        foreach (var symbol in symbols)
        {
            tokens.Add(symbol.Id, text, start + symbol.Start, start + symbol.End);
        }
    }

    /// <summary>[0x180] ids of the characters below U+0180, the byte-level alphabet among them; -1 for none.</summary>
    private static int[] LowIds(Vocabulary vocabulary)
    {
        var ids = new int[0x180];
        for (var unit = 0; unit < ids.Length; unit++)
        {
            ids[unit] = vocabulary.TryGetId([(char)unit], out var id) ? id : -1;
        }

        return ids;
    }

    private int Begin(ReadOnlySpan<char> word, Symbol[] symbols)
    {
        var count = 0;
        var isAfterUnknown = false;
        for (var i = 0; i < word.Length;)
        {
            CodePoints.At(word, i, out var length);
            var id = word[i] < _lowIds.Length ? _lowIds[word[i]] : vocabulary.TryGetId(word.Slice(i, length), out var found) ? found : -1;
            if (id >= 0)
            {
                symbols[count++] = new Symbol(id, i, i + length);
            }
            else if (isAfterUnknown && fusesUnknown && unknownId >= 0)
            {
                symbols[count - 1].End = i + length;
            }
            else if (unknownId >= 0)
            {
                symbols[count++] = new Symbol(unknownId, i, i + length);
            }

            isAfterUnknown = id < 0;
            i += length;
        }

        return count;
    }
}
