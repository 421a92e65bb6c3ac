using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PostProcessors;

/// <summary>Tokens before and after the text, with segment ids, as a template says.</summary>
/// <param name="before">Ids and segment ids of the tokens before the text.</param>
/// <param name="after">Ids and segment ids of the tokens after it.</param>
/// <param name="typeId">Segment id of the text.</param>
internal sealed class TemplateProcessing(
    IReadOnlyList<TemplateToken> before, IReadOnlyList<TemplateToken> after, int typeId) : IPostProcessor
{
    public int AddedTokens => before.Count + after.Count;

    public void Process(TokenBuffer tokens, bool addSpecialTokens)
    {
        foreach (ref var token in tokens.Tokens)
        {
            token.TypeId = typeId;
        }

        if (!addSpecialTokens)
        {
            return;
        }

        tokens.Prepend(before.Select(token => token.ToToken()));
        foreach (var token in after)
        {
            tokens.Add(token.ToToken());
        }
    }
}
