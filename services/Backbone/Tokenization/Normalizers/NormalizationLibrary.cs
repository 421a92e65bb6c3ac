using System.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>The runtime's normalization (ICU). It refuses U+FFFE, which normalization leaves as it is and which nothing combines with:
/// the parts around it are handed over one by one.</summary>
internal static class NormalizationLibrary
{
    private const char Refused = '\uFFFE';

    public static bool IsNormalized(ReadOnlySpan<char> text, NormalizationForm form)
    {
        foreach (var part in text.Split(Refused))
        {
            if (!text[part].IsNormalized(form))
            {
                return false;
            }
        }

        return true;
    }

    public static string Normalize(string text, NormalizationForm form) =>
        text.Contains(Refused)
            ? string.Join(Refused, text.Split(Refused).Select(part => part.Normalize(form)))
            : text.Normalize(form);
}
