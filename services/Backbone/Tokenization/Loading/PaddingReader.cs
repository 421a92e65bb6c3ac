namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>padding</c>. Padding to the longest of a batch leaves a single text as it is and is accepted; any other
/// would add tokens that need an attention mask, and is refused.</summary>
internal static class PaddingReader
{
    public static void RequireNoEffect(JsonSection section)
    {
        const string Supported = "null, or BatchLongest without pad_to_multiple_of (call no_padding() and save the tokenizer again)";
        var strategy = section.Get("strategy");
        if (strategy.Element.ValueKind != System.Text.Json.JsonValueKind.String || strategy.Text() != "BatchLongest")
        {
            throw section.Unsupported("strategy Fixed", Supported);
        }

        if (section.Find("pad_to_multiple_of") is { } multiple)
        {
            throw multiple.Unsupported($"pad_to_multiple_of {multiple.Number()}", Supported);
        }
    }
}
