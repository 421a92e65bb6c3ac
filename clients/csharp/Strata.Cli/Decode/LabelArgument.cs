using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Decode;

/// <summary>Labels as one types them: <c>NAME</c> or <c>NAME=WORD,WORD</c>.</summary>
internal static class LabelArgument
{
    public static LabelSet SetOf(IEnumerable<string> arguments, bool allTokens)
    {
        var set = new LabelSet { Scoring = allTokens ? LabelScoring.AllTokens : LabelScoring.Unspecified };
        set.Labels.AddRange(arguments.Select(Read));
        return set;
    }

    private static Label Read(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var label = new Label { Name = equals < 0 ? argument : argument[..equals] };
        if (equals >= 0)
        {
            label.Words.AddRange(argument[(equals + 1)..].Split(','));
        }

        return label.Name.Length > 0 ? label : throw new UsageException($"The label \"{argument}\" has no name; write NAME or NAME=WORD,WORD.");
    }
}
