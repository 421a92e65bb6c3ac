using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>BERT's clean-up: drop control characters, make every white space a space, separate Chinese characters,
/// strip accents (NFD without category Mn), lower the case.</summary>
internal sealed class BertNormalizer(bool cleanText, bool handleChineseCharacters, bool stripAccents, bool lowercase) : INormalizer
{
    private static readonly LowercaseNormalizer Lowercase = new();
    private static readonly UnicodeNormalizer Decompose = new(System.Text.NormalizationForm.FormD);

    public void Normalize(NormalizedText text)
    {
        if (NormalizeAsciiInPlace(text.MutableChars))
        {
            return;
        }

        if (cleanText)
        {
            Clean(text);
        }

        if (handleChineseCharacters)
        {
            SeparateChinese(text);
        }

        if (stripAccents)
        {
            Decompose.Normalize(text);
            StripAccentsNormalizer.Drop(text, CharacterClasses.IsNonSpacingMark);
        }

        if (lowercase)
        {
            Lowercase.Normalize(text);
        }
    }

    /// <summary>All steps at once where no unit moves: ASCII without control characters. What it changed before it gave up,
    /// the ordinary steps would change in the same way.</summary>
    private bool NormalizeAsciiInPlace(Span<char> chars)
    {
        for (var i = 0; i < chars.Length; i++)
        {
            var unit = chars[i];
            if (unit is >= ' ' and < '\x7F')
            {
                if (lowercase && char.IsAsciiLetterUpper(unit))
                {
                    chars[i] = (char)(unit | 0x20);
                }
            }
            else if (cleanText && unit is '\t' or '\n' or '\r')
            {
                chars[i] = ' ';
            }
            else if (cleanText || unit > '\x7F')
            {
                return false;
            }
        }

        return true;
    }

    private static void Clean(NormalizedText text)
    {
        text.BeginRewrite();
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text.Chars, i, out var length);
            i += length;
            if (codePoint is 0 or 0xFFFD || CharacterClasses.IsControl(codePoint))
            {
                text.Skip(1);
            }
            else
            {
                text.Replace(CharacterClasses.IsWhitespace(codePoint) ? ' ' : codePoint);
            }
        }

        text.EndRewrite();
    }

    private static void SeparateChinese(NormalizedText text)
    {
        // U+3400 is the lowest of the blocks; surrogates lie above it.
        if (text.Chars.IndexOfAnyInRange('\u3400', '\uFFFF') < 0)
        {
            return;
        }

        text.BeginRewrite();
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text.Chars, i, out var length);
            i += length;
            var isChinese = CharacterClasses.IsChineseCharacter(codePoint);
            if (isChinese)
            {
                text.Insert(' ');
            }

            text.Replace(codePoint);
            if (isChinese)
            {
                text.Insert(' ');
            }
        }

        text.EndRewrite();
    }
}
