using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Keeps the matches of <c>\w+|[^\w\s]+</c>: runs of word characters and runs of anything else but white space.</summary>
internal sealed class WhitespacePreTokenizer : SplittingPreTokenizer
{
    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var length);
            var isWord = CharacterClasses.IsWord(codePoint);
            var end = i + length;
            if (isWord || !CharacterClasses.IsWhitespace(codePoint))
            {
                while (end < text.Length && Continues(CodePoints.At(text, end, out length), isWord))
                {
                    end += length;
                }

                pieces.Emit(new Piece(start + i, start + end));
            }

            i = end;
        }
    }

    private static bool Continues(int codePoint, bool isWord) =>
        CharacterClasses.IsWord(codePoint) == isWord && (isWord || !CharacterClasses.IsWhitespace(codePoint));
}
