using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Models;

/// <summary>
/// WordPiece: from the front of a word, the longest entry that fits, again and again; entries inside a word carry a prefix.
/// A word that no entries cover, or that is too long, is the unknown token as a whole.
/// </summary>
internal sealed class WordPieceModel : ITokenModel
{
    private readonly int _unknownId;
    private readonly int _maxCodePoints;
    private readonly PieceTable _initial;
    private readonly PieceTable _continuing;

    /// <param name="vocabulary">All entries, the continuing ones with their prefix.</param>
    /// <param name="unknownId">Id of the unknown token.</param>
    /// <param name="continuingPrefix">Such as <c>##</c>; may be empty.</param>
    /// <param name="maxCodePoints">Longer words are unknown.</param>
    public WordPieceModel(Vocabulary vocabulary, int unknownId, string continuingPrefix, int maxCodePoints)
    {
        Vocabulary = vocabulary;
        _unknownId = unknownId;
        _maxCodePoints = maxCodePoints;
        _initial = new PieceTable(vocabulary.Ids, "");
        _continuing = continuingPrefix.Length == 0 ? _initial : new PieceTable(vocabulary.Ids, continuingPrefix);
    }

    public Vocabulary Vocabulary { get; }

    public void Tokenize(NormalizedText text, int start, int end, TokenBuffer tokens)
    {
        var word = text.Chars[start..end];
        if (word.Length > _maxCodePoints && CodePoints.Count(word) > _maxCodePoints)
        {
            tokens.Add(_unknownId, text, start, end);
            return;
        }

        // The pieces become tokens only when the whole word is covered: the limit counts what is left in the end.
        Span<(int Id, int Length)> pieces = word.Length <= 128 ? stackalloc (int, int)[word.Length] : new (int, int)[word.Length];
        var count = 0;
        for (var at = 0; at < word.Length;)
        {
            if (!(at == 0 ? _initial : _continuing).TryLongest(word[at..], out var id, out var length))
            {
                tokens.Add(_unknownId, text, start, end);
                return;
            }

            pieces[count++] = (id, length);
            at += length;
        }

        foreach (var (id, length) in pieces[..count])
        {
            tokens.Add(id, text, start, start + length);
            start += length;
        }
    }
}
