using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization;

/// <summary>The file's truncation section: how many tokens a text may have, and from which end it is cut.</summary>
/// <param name="MaxLength">Most tokens, template tokens included.</param>
/// <param name="CutsLeft">Whether the front is cut instead of the back.</param>
internal sealed record Truncation(int MaxLength, bool CutsLeft)
{
    /// <summary>Cuts the model's tokens so that the template's still fit.</summary>
    public void Apply(TokenBuffer tokens, int templateTokens)
    {
        var room = Math.Max(0, MaxLength - templateTokens);
        if (tokens.Count > room)
        {
            tokens.Cut(CutsLeft ? tokens.Count - room : 0, room);
        }
    }
}
