namespace Strata.Backbone.Tokenization.Decoders;

/// <summary>Spaces between words, none before a continuing piece; optionally none before punctuation and English contractions.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleanup) : ITokenDecoder
{
    private static readonly (string From, string To)[] CleanupRules =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
        (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public string Decode(IReadOnlyList<string> tokens) => string.Concat(tokens.Select((token, index) =>
    {
        if (index > 0)
        {
            token = prefix.Length > 0 && token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : ' ' + token;
        }

        return cleanup
            ? CleanupRules.Aggregate(token, (text, rule) => text.Replace(rule.From, rule.To, StringComparison.Ordinal))
            : token;
    }));
}
