using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>One step that rewrites a text before it is cut into words. Immutable and thread-safe.</summary>
internal interface INormalizer
{
    /// <summary>Rewrites <paramref name="text"/> in place, keeping its alignment.</summary>
    void Normalize(NormalizedText text);
}
