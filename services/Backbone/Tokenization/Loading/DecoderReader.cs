using Strata.Backbone.Tokenization.Decoders;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>decoder</c>.</summary>
internal static class DecoderReader
{
    private const string Supported = "WordPiece, ByteLevel";

    public static ITokenDecoder Read(JsonSection section) => section.Type switch
    {
        "WordPiece" => new WordPieceDecoder(section.Text("prefix"), section.Flag("cleanup")),
        "ByteLevel" => new ByteLevelDecoder(),
        var other => throw section.Unsupported($"type {other}", Supported),
    };
}
