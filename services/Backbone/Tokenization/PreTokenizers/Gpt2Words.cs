using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>
/// GPT-2's word pattern by hand, in one pass:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>. It covers every text without gaps.
/// </summary>
internal sealed class Gpt2Words : SplittingPreTokenizer
{
    private enum Kind
    {
        Space,
        Letter,
        Number,
        Other,
    }

    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfWord(text, i);
            pieces.Emit(new Piece(start + i, start + end));
            i = end;
        }
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && ContractionLength(text[start..]) is var contraction and > 0)
        {
            return start + contraction;
        }

        // " ?" takes one space only in front of something that is no white space.
        var first = text[start] == ' ' && start + 1 < text.Length && KindAt(text, start + 1, out _) != Kind.Space ? start + 1 : start;
        var kind = KindAt(text, first, out var length);
        var end = first + length;
        var lastLength = length;
        while (end < text.Length && KindAt(text, end, out length) == kind)
        {
            lastLength = length;
            end += length;
        }

        // White space before a word leaves its last character to it.
        return kind == Kind.Space && end < text.Length && end - lastLength > start ? end - lastLength : end;
    }

    private static int ContractionLength(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[1] is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        return text.Length > 2 && text[1..3] is "re" or "ve" or "ll" ? 3 : 0;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int index, out int length)
    {
        var codePoint = CodePoints.At(text, index, out length);
        return CharacterClasses.IsWhitespace(codePoint) ? Kind.Space
            : CharacterClasses.IsLetter(codePoint) ? Kind.Letter
            : CharacterClasses.IsNumeric(codePoint) ? Kind.Number
            : Kind.Other;
    }
}
