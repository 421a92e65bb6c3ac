using System.Text;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>
/// Unicode normalization (NFC, NFD, NFKC, NFKD) that keeps the alignment. ICU gives the text; the alignment follows the
/// reference's rule: the first code point of a decomposition stands for the original one, the others are insertions, and
/// a composition stands for all of its parts.
/// </summary>
internal sealed class UnicodeNormalizer(NormalizationForm form) : INormalizer
{
    private readonly Decompositions _decompositions =
        form is NormalizationForm.FormKC or NormalizationForm.FormKD ? Decompositions.Compatible : Decompositions.Canonical;

    private readonly bool _composes = form is NormalizationForm.FormC or NormalizationForm.FormKC;

    public void Normalize(NormalizedText text)
    {
        if (Ascii.IsValid(text.Chars) || NormalizationLibrary.IsNormalized(text.Chars, form))
        {
            return;
        }

        // 1. The text, and both it and the source as lists of decomposed code points.
        var source = text.Chars.ToString();
        var target = NormalizationLibrary.Normalize(source, form);
        var sourceParts = new DecomposedText(source, _decompositions);
        var targetParts = _composes
            ? new DecomposedText(target, Decompositions.Canonical)
            : DecomposedText.OfParts(target);

        // 2. Canonical reordering makes one a permutation of the other; the marks "first of a source character" travel with it.
        var changes = CanonicalReordering.Carry(sourceParts, targetParts);

        // 3. One target character per group of parts: 0 replaces, above 0 inserts, below 0 replaces and drops that many more.
        text.BeginRewrite();
        var part = 0;
        foreach (var group in targetParts.Groups)
        {
            var change = 1 - group.Length;
            for (var i = 0; i < group.Length; i++)
            {
                change += changes[part++];
            }

            if (change > 0)
            {
                text.Insert(group.CodePoint);
            }
            else
            {
                text.Replace(group.CodePoint);
                text.Skip(-change);
            }
        }

        text.EndRewrite();
    }
}
