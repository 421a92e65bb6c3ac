using System.Globalization;

namespace Strata.Backbone.Tokenization.Text;

/// <summary>Character classes as the reference tokenizers define them, by code point.</summary>
internal static class CharacterClasses
{
    /// <summary>Unicode White_Space; only BMP characters have it.</summary>
    public static bool IsWhitespace(int codePoint) => codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint);

    /// <summary>Category Cc, Cf, Co or Cs, but not tab, line feed or carriage return.</summary>
    public static bool IsControl(int codePoint)
    {
        if (codePoint is '\t' or '\n' or '\r')
        {
            return false;
        }

        var isControl = CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
        return isControl != ReferenceUnicode.DiffersAsControl(codePoint);
    }

    /// <summary>ASCII punctuation (symbols such as $ and ^ included) or any category P*.</summary>
    public static bool IsPunctuation(int codePoint)
    {
        if (codePoint < 128)
        {
            return codePoint is (>= '!' and <= '/') or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');
        }

        var isPunctuation = CharUnicodeInfo.GetUnicodeCategory(codePoint) is >= UnicodeCategory.ConnectorPunctuation
            and <= UnicodeCategory.OtherPunctuation;
        return isPunctuation != ReferenceUnicode.DiffersAsPunctuation(codePoint);
    }

    /// <summary>Category Nd, Nl or No.</summary>
    public static bool IsNumeric(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber;

    /// <summary>As <see cref="IsNumeric"/>, with the digits of Unicode 17, which the reference's Digits step knows and the runtime
    /// does not yet.</summary>
    public static bool IsDigit(int codePoint) =>
        IsNumeric(codePoint) || codePoint is (>= 0x11DE0 and <= 0x11DE9) or (>= 0x16FF4 and <= 0x16FF6);

    /// <summary>Any category L*.</summary>
    public static bool IsLetter(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) <= UnicodeCategory.OtherLetter;

    /// <summary>Category Mn.</summary>
    public static bool IsNonSpacingMark(int codePoint) =>
        (CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.NonSpacingMark)
        != ReferenceUnicode.DiffersAsNonSpacingMark(codePoint);

    /// <summary>Category Mn, Mc or Me.</summary>
    public static bool IsMark(int codePoint) =>
        (CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
        != ReferenceUnicode.DiffersAsMark(codePoint);

    /// <summary>Regex <c>\w</c> of UTS #18: alphabetic, mark, decimal digit, connector punctuation, join control.</summary>
    public static bool IsWord(int codePoint)
    {
        if (codePoint < 128)
        {
            return char.IsAsciiLetterOrDigit((char)codePoint) || codePoint == '_';
        }

        return CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            <= UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,
            UnicodeCategory.Format => codePoint is 0x200C or 0x200D,
            // Other_Alphabetic outside L, M and Nl: the circled, squared and negative Latin letters.
            UnicodeCategory.OtherSymbol => codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
                or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
            _ => false,
        };
    }

    /// <summary>The ideograph blocks that BERT separates; Hangul, Hiragana and Katakana are not among them.</summary>
    public static bool IsChineseCharacter(int codePoint) =>
        codePoint is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
            or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
