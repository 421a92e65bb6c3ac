using System.CommandLine;
using System.Text.RegularExpressions;

namespace Strata.Cli;

/// <summary>What is wrong with a command line, in words of the command line.</summary>
internal static partial class ParseFailure
{
    /// <summary>A sentence for each mistake.</summary>
    public static IReadOnlyList<string> Sentences(ParseResult parsed)
    {
        var sentences = parsed.Errors.Select(error => TypePattern().Replace(error.Message, InWords)).ToList();
        var unknown = sentences.FirstOrDefault(sentence => sentence.StartsWith("Unrecognized command", StringComparison.Ordinal));
        var commands = parsed.CommandResult.Command.Subcommands;

        // After a mistyped command every word of its own would be one more mistake.
        return commands.Count == 0 ? sentences
            : [unknown ?? sentences[0], $"Commands are {string.Join(", ", commands.Select(command => command.Name))}."];
    }

    private static string InWords(Match match) =>
        $"{match.Groups["name"].Value} {match.Groups["given"].Value}: write {(match.Groups["type"].Value.Contains("Int", StringComparison.Ordinal) ? "a whole number" : "a number")}.";

    [GeneratedRegex(@"^Cannot parse argument '(?<given>.*)' for option '(?<name>.*)' as expected type '(?<type>.*(Int|Double).*)'\.$", RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();
}
