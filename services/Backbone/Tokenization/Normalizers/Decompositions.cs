using System.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>The decomposition of one code point, remembered for the first plane: asking the library for each character again costs more
/// than all the rest of a normalization. At most 65,536 short strings per form; thread-safe, for a slot is one reference.</summary>
internal sealed class Decompositions(NormalizationForm form)
{
    private readonly string?[] _firstPlane = new string?[char.MaxValue + 1];

    /// <summary>Canonical (NFD).</summary>
    public static Decompositions Canonical { get; } = new(NormalizationForm.FormD);

    /// <summary>Compatible (NFKD).</summary>
    public static Decompositions Compatible { get; } = new(NormalizationForm.FormKD);

    /// <summary>The code points that <paramref name="rune"/> decomposes into; itself if it does not.</summary>
    public string Of(Rune rune) => rune.IsBmp
        ? _firstPlane[rune.Value] ??= NormalizationLibrary.Normalize(rune.ToString(), form)
        : NormalizationLibrary.Normalize(rune.ToString(), form);
}
