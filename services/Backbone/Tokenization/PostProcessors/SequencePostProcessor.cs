using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PostProcessors;

/// <summary>Steps in order.</summary>
internal sealed class SequencePostProcessor(IPostProcessor[] steps) : IPostProcessor
{
    public int AddedTokens { get; } = steps.Sum(step => step.AddedTokens);

    public void Process(TokenBuffer tokens, bool addSpecialTokens)
    {
        foreach (var step in steps)
        {
            step.Process(tokens, addSpecialTokens);
        }
    }
}
