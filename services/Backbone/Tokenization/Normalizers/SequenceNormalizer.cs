using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>Steps in order.</summary>
internal sealed class SequenceNormalizer(INormalizer[] steps) : INormalizer
{
    public void Normalize(NormalizedText text)
    {
        foreach (var step in steps)
        {
            step.Normalize(text);
        }
    }
}
