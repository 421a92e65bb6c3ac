using System.Text;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Optionally puts a space before each piece, cuts GPT-2 words, and writes every UTF-8 byte as a character of the byte-level
/// alphabet.</summary>
/// <param name="addPrefixSpace">Whether a piece that does not begin with a space gets one.</param>
/// <param name="words">The word pattern; null keeps the pieces.</param>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, Gpt2Words? words) : IPreTokenizer
{
    public void PreTokenize(PieceBuffer pieces)
    {
        if (addPrefixSpace)
        {
            AddSpaces(pieces);
        }

        words?.PreTokenize(pieces);
        WriteBytes(pieces);
    }

    private static void AddSpaces(PieceBuffer pieces)
    {
        var text = pieces.Text;
        text.BeginRewrite();
        foreach (var piece in pieces.Pieces)
        {
            var start = text.RewrittenLength;
            text.SkipTo(piece.Start);
            if (!piece.IsToken && text.Chars[piece.Start] != ' ')
            {
                text.InsertBefore(' ');
            }

            Copy(text, piece);
            pieces.Emit(piece with { Start = start, End = text.RewrittenLength });
        }

        text.EndRewrite();
        pieces.Advance();
    }

    private static void WriteBytes(PieceBuffer pieces)
    {
        var text = pieces.Text;
        if (Ascii.IsValid(text.Chars))
        {
            foreach (var piece in pieces.Pieces)
            {
                foreach (ref var unit in piece.IsToken ? [] : text.MutableChars[piece.Start..piece.End])
                {
                    unit = ByteLevelAlphabet.Of((byte)unit);
                }
            }

            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        text.BeginRewrite();
        foreach (var piece in pieces.Pieces)
        {
            var start = text.RewrittenLength;
            text.SkipTo(piece.Start);
            if (piece.IsToken)
            {
                Copy(text, piece);
            }

            for (var i = piece.Start; !piece.IsToken && i < piece.End;)
            {
                var codePoint = CodePoints.At(text.Chars, i, out var length);
                var written = new Rune(codePoint).EncodeToUtf8(bytes);
                text.Replace(ByteLevelAlphabet.Of(bytes[0]));
                for (var at = 1; at < written; at++)
                {
                    text.Insert(ByteLevelAlphabet.Of(bytes[at]));
                }

                i += length;
            }

            pieces.Emit(piece with { Start = start, End = text.RewrittenLength });
        }

        text.EndRewrite();
        pieces.Advance();
    }

    private static void Copy(NormalizedText text, Piece piece)
    {
        for (var i = piece.Start; i < piece.End;)
        {
            text.Replace(CodePoints.At(text.Chars, i, out var length));
            i += length;
        }
    }
}
