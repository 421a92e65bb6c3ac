using System.Text.RegularExpressions;
using Grpc.Core;

namespace Strata.Services.Tests.Errors;

/// <summary>The tables of docs/errors.md.</summary>
internal static partial class ErrorTable
{
    /// <summary>Reason and status of every answer to a request.</summary>
    public static IReadOnlyDictionary<string, StatusCode> Answers => AnswerRow().Matches(Page())
        .ToDictionary(match => match.Groups[1].Value, match => Enum.Parse<StatusCode>(match.Groups[2].Value.Replace("_", "", StringComparison.Ordinal), ignoreCase: true));

    /// <summary>Reasons of the refusals at start.</summary>
    public static IReadOnlyList<string> Refusals => [.. RefusalRow().Matches(Page()).Select(match => match.Groups[1].Value)];

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));

    [GeneratedRegex(@"^\| `([A-Z_]+)` \| ([A-Z_]+) \|", RegexOptions.Multiline)]
    private static partial Regex AnswerRow();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \| (?![A-Z_]+ \|)", RegexOptions.Multiline)]
    private static partial Regex RefusalRow();
}
