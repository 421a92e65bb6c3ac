using System.Text;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>Full lower case, one code point at a time and without context: a final sigma stays an ordinary one.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    public void Normalize(NormalizedText text)
    {
        if (LowerInPlace(text.MutableChars))
        {
            return;
        }

        text.BeginRewrite();
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text.Chars, i, out var length);
            i += length;
            if (codePoint == 'İ')
            {
                // The one code point whose lower case is two: i and a combining dot above.
                text.Replace('i');
                text.Insert(0x307);
            }
            else
            {
                text.Replace(Lower(codePoint));
            }
        }

        text.EndRewrite();
    }

    /// <summary>Lowers what keeps its place; false, with the rest unchanged, at the first unit that does not.</summary>
    private static bool LowerInPlace(Span<char> chars)
    {
        for (var i = 0; i < chars.Length; i++)
        {
            var unit = chars[i];
            if (char.IsAscii(unit))
            {
                chars[i] = char.IsAsciiLetterUpper(unit) ? (char)(unit | 0x20) : unit;
            }
            else if (char.IsSurrogate(unit) || unit == 'İ')
            {
                return false;
            }
            else
            {
                chars[i] = (char)Lower(unit);
            }
        }

        return true;
    }

    /// <summary>The runtime's case mapping, and the pairs of later Unicode versions that it lacks and the reference has.</summary>
    private static int Lower(int codePoint) => codePoint switch
    {
        0x1C89 => 0x1C8A,
        0xA7CB => 0x264,
        0xA7CC or 0xA7CE or 0xA7D2 or 0xA7D4 or 0xA7DA => codePoint + 1,
        0xA7DC => 0x19B,
        >= 0x10D50 and <= 0x10D65 => codePoint + 0x20,
        >= 0x16EA0 and <= 0x16EB8 => codePoint + 0x1B,
        _ => Rune.ToLowerInvariant(new Rune(codePoint)).Value,
    };
}
