using Strata.Backbone.Tokenization.PreTokenizers;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizerReader
{
    private const string Supported =
        "BertPreTokenizer, ByteLevel, Whitespace, WhitespaceSplit, Punctuation, Digits, Split, Sequence";

    public static IPreTokenizer Read(JsonSection section) => section.Type switch
    {
        "BertPreTokenizer" => new BertPreTokenizer(),
        "ByteLevel" => new ByteLevelPreTokenizer(
            section.Flag("add_prefix_space"), section.Flag("use_regex", absent: true) ? new Gpt2Words() : null),
        "Whitespace" => new WhitespacePreTokenizer(),
        "WhitespaceSplit" => new ClassPreTokenizer(CharacterClasses.IsWhitespace, SplitBehavior.Removed),
        "Punctuation" => new ClassPreTokenizer(
            CharacterClasses.IsPunctuation, section.Find("behavior") is { } behavior ? ReadBehavior(behavior) : SplitBehavior.Isolated),
        "Digits" => new ClassPreTokenizer(
            CharacterClasses.IsDigit, section.Flag("individual_digits") ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        "Split" => SplitReader.Read(section, ReadBehavior(section.Get("behavior"))),
        "Sequence" => new SequencePreTokenizer([.. section.Get("pretokenizers").Items(TokenizerLimits.MaxSteps).Select(Read)]),
        var other => throw section.Unsupported($"type {other}", Supported),
    };

    private static SplitBehavior ReadBehavior(JsonSection section) => section.Text() switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        var other => throw section.Unsupported(other, string.Join(", ", Enum.GetNames<SplitBehavior>())),
    };
}
