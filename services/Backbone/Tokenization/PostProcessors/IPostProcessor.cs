using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PostProcessors;

/// <summary>One step after the model: trims offsets or adds template tokens. Immutable and thread-safe.</summary>
internal interface IPostProcessor
{
    /// <summary>Tokens it adds around a single text.</summary>
    int AddedTokens { get; }

    /// <summary>Changes the tokens of a single text.</summary>
    /// <param name="tokens">The tokens; an added token is inserted with offset (0, 0).</param>
    /// <param name="addSpecialTokens">Whether template tokens are wanted.</param>
    void Process(TokenBuffer tokens, bool addSpecialTokens);
}
