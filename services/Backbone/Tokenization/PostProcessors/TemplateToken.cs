using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PostProcessors;

/// <summary>A token that a template adds.</summary>
internal readonly record struct TemplateToken(int Id, int TypeId)
{
    public Token ToToken() => new(Id, 0, 0) { TypeId = TypeId, IsTemplate = true, LeadingSpaces = 0, TrailingSpaces = 0 };
}
