using System.Text.RegularExpressions;
using Strata.Backbone.Tokenization.PreTokenizers;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads a pre-tokenizer of type Split: a string or a regular expression to cut at.</summary>
internal static class SplitReader
{
    private const string Supported =
        "literals, categories such as \\p{L}, \\s \\d \\w, sets without nesting, groups, lookaround and quantifiers";

    public static IPreTokenizer Read(JsonSection section, SplitBehavior behavior)
    {
        var inverted = section.Flag("invert");
        var pattern = section.Get("pattern");
        var literal = pattern.Find("String");
        var value = literal ?? pattern.Get("Regex");
        var text = value.Text();
        if (text.Length is 0 or > TokenizerLimits.MaxPatternLength)
        {
            throw value.Invalid($"is empty or longer than {TokenizerLimits.MaxPatternLength} characters");
        }

        return literal is not null ? new LiteralSplit(text, behavior, inverted) : new RegexSplit(Compile(text, value), behavior, inverted);
    }

    private static Regex Compile(string pattern, JsonSection section)
    {
        try
        {
            return new Regex(
                OnigurumaPattern.Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.Compiled, RegexSplit.MatchTimeout);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            throw section.Unsupported(failure is FormatException ? failure.Message : "this pattern", Supported);
        }
    }
}
