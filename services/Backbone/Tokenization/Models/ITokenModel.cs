using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Models;

/// <summary>Turns one word into vocabulary ids. Immutable but for a bounded cache, and thread-safe.</summary>
internal interface ITokenModel
{
    Vocabulary Vocabulary { get; }

    /// <summary>Appends the tokens of one word.</summary>
    /// <param name="text">The text the word is a range of.</param>
    /// <param name="start">First unit of the word.</param>
    /// <param name="end">One past its last unit; above <paramref name="start"/>.</param>
    /// <param name="tokens">Receives the tokens.</param>
    /// <exception cref="BackboneException">ContextTooLong: the buffer's limit is reached.</exception>
    void Tokenize(NormalizedText text, int start, int end, TokenBuffer tokens);
}
