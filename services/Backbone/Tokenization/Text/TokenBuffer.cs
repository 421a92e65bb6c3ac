using System.Runtime.InteropServices;

namespace Strata.Backbone.Tokenization.Text;

/// <summary>The tokens of one text in order, up to a limit.</summary>
internal sealed class TokenBuffer
{
    private readonly List<Token> _tokens = [];
    private int _limit;
    private int _reserved;

    /// <summary>The tokens.</summary>
    public Span<Token> Tokens => CollectionsMarshal.AsSpan(_tokens);

    public int Count => _tokens.Count;

    /// <summary>The text that the tokens' offsets point into.</summary>
    public string Original { get; private set; } = "";

    /// <summary>Empties the buffer and sets how many tokens it takes.</summary>
    /// <param name="original">The text.</param>
    /// <param name="limit">Most tokens of the result.</param>
    /// <param name="reserved">How many of them a template will add.</param>
    public void Clear(string original, int limit, int reserved)
    {
        Original = original;
        PieceBuffer.Empty(_tokens);
        _limit = limit;
        _reserved = reserved;
    }

    /// <summary>Ends the model's part: the template may now add the tokens reserved for it.</summary>
    public void ReleaseReserved() => _reserved = 0;

    /// <summary>Adds a token.</summary>
    /// <exception cref="BackboneException">ContextTooLong: the limit is reached.</exception>
    public void Add(Token token)
    {
        RequireRoom(1);
        _tokens.Add(token);
    }

    /// <summary>Refuses a text as soon as it is known to have at least this many more tokens.</summary>
    /// <exception cref="BackboneException">ContextTooLong: they do not fit.</exception>
    public void RequireRoom(int count)
    {
        if ((long)_tokens.Count + _reserved + count > _limit)
        {
            throw TokenizerErrors.TooLong(_limit);
        }
    }

    /// <summary>Adds a token that covers a range of <paramref name="text"/>.</summary>
    public void Add(int id, NormalizedText text, int start, int end) =>
        Add(new Token(id, text.OriginalStart(start), text.OriginalEnd(end)));

    /// <summary>Adds an added token, with the spaces at the ends of the text that it matched.</summary>
    public void AddAdded(Piece piece, NormalizedText text)
    {
        var matched = text.Chars[piece.Start..piece.End];
        Add(new Token(piece.TokenId, text.OriginalStart(piece.Start), text.OriginalEnd(piece.End))
        {
            LeadingSpaces = matched.Length - matched.TrimStart().Length,
            TrailingSpaces = matched.Length - matched.TrimEnd().Length,
        });
    }

    /// <summary>Puts tokens at the front.</summary>
    public void Prepend(IEnumerable<Token> tokens) => _tokens.InsertRange(0, tokens);

    /// <summary>Drops tokens at either end.</summary>
    public void Cut(int start, int length)
    {
        _tokens.RemoveRange(start + length, _tokens.Count - start - length);
        _tokens.RemoveRange(0, start);
    }

    /// <summary>The result handed to the caller.</summary>
    public TokenEncoding ToEncoding()
    {
        var ids = new int[_tokens.Count];
        var typeIds = new int[_tokens.Count];
        var offsets = new TokenOffset[_tokens.Count];
        var mask = new bool[_tokens.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var token = _tokens[i];
            ids[i] = token.Id;
            typeIds[i] = token.TypeId;
            offsets[i] = new TokenOffset(token.Start, token.End);
            mask[i] = token.IsTemplate;
        }

        return new TokenEncoding(ids, typeIds, offsets, mask);
    }
}
