using System.Globalization;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>
/// A text with one character per code point, for .NET's regular expressions, which would see two in a surrogate pair:
/// each code point above U+FFFF is replaced by a representative of its category. Patterns that could tell a representative
/// from what it stands for are refused at load.
/// </summary>
internal static class CodePointShadow
{
    /// <summary>Stands for the circled Latin letters above U+FFFF, which are So and yet word characters.</summary>
    private const char CircledLetter = '\u24B6';

    /// <summary>The representatives, by category; they lie outside the scripts that patterns name.</summary>
    private static readonly char[] ByCategory = Build();

    /// <summary>Every representative.</summary>
    public static IEnumerable<char> Representatives => ByCategory.Where(unit => unit != '\0').Append(CircledLetter);

    /// <summary>The shadow, or empty if the text has no surrogate pair and is its own.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return [];
        }

        var shadow = new char[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var length);
            shadow[count++] = length == 1 ? (char)codePoint : Representative(codePoint);
            i += length;
        }

        return shadow.AsSpan(0, count);
    }

    /// <summary>Turns matches in the shadow into matches in the text; they are in order and cover it.</summary>
    public static void ToUnits(ReadOnlySpan<char> text, List<SplitMatch> matches)
    {
        var (unit, codePoint) = (0, 0);
        for (var i = 0; i < matches.Count; i++)
        {
            var start = unit;
            while (codePoint < matches[i].End)
            {
                CodePoints.At(text, unit, out var length);
                unit += length;
                codePoint++;
            }

            matches[i] = matches[i] with { Start = start, End = unit };
        }
    }

    private static char Representative(int codePoint)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);
        return category == UnicodeCategory.OtherSymbol && CharacterClasses.IsWord(codePoint) ? CircledLetter : ByCategory[(int)category];
    }

    private static char[] Build()
    {
        var table = new char[30];
        foreach (var unit in "\u10A0\u1D00\u1F88\uA717\uA000\u1DC0\uA823\u20DD\uA8D0\uA6E6\uA830\u206A\uE000"
            + "\uFE33\uFE58\uFE59\uFE5A\u2E20\u2E21\uA4FE\u2A00\uA838\uA700\u2800\uFFFF")
        {
            table[(int)CharUnicodeInfo.GetUnicodeCategory(unit)] = unit;
        }

        return table;
    }
}
