namespace Strata.Backbone.Tokenization.Decoders;

/// <summary>Turns tokens back into text. Immutable and thread-safe.</summary>
internal interface ITokenDecoder
{
    /// <summary>Joins the tokens of one text.</summary>
    string Decode(IReadOnlyList<string> tokens);
}
