using Strata.Backbone.Tokenization;
using Strata.Contracts.Backbone.V1;

namespace Strata.Backbone.Service.Rpc;

/// <summary>Tokens on the wire.</summary>
internal static class TokenMapping
{
    public static TokenizedText ToWire(TokenEncoding encoding, Tokenizer tokenizer)
    {
        var wire = new TokenizedText();
        wire.TokenIds.AddRange(encoding.Ids);
        wire.Starts.AddRange(encoding.Offsets.Select(offset => offset.Start));
        wire.Ends.AddRange(encoding.Offsets.Select(offset => offset.End));
        wire.Tokens.AddRange(encoding.Ids.Select(id => tokenizer.TokenOf(id) ?? ""));
        return wire;
    }
}
