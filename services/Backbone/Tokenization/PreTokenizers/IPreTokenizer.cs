using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>One step that cuts a normalized text into words. Immutable and thread-safe.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts every piece that is not yet a token, and may rewrite the text under the pieces.</summary>
    /// <exception cref="BackboneException">ArgumentInvalid: the text makes a pattern run too long.</exception>
    void PreTokenize(PieceBuffer pieces);
}
