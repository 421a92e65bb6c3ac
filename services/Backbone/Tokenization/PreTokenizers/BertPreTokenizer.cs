using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Cuts at white space, which is dropped, and makes every punctuation character a word of its own.</summary>
internal sealed class BertPreTokenizer : SplittingPreTokenizer
{
    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        var wordStart = 0;
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var length);
            if (CharacterClasses.IsWhitespace(codePoint))
            {
                pieces.Emit(new Piece(start + wordStart, start + i));
                wordStart = i + length;
            }
            else if (CharacterClasses.IsPunctuation(codePoint))
            {
                pieces.Emit(new Piece(start + wordStart, start + i));
                pieces.Emit(new Piece(start + i, start + i + length));
                wordStart = i + length;
            }

            i += length;
        }

        pieces.Emit(new Piece(start + wordStart, start + text.Length));
    }
}
