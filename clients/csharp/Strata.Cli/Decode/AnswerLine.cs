using System.Globalization;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Decode;

/// <summary>A decision on one line.</summary>
internal static class AnswerLine
{
    private const int NextBest = 2;

    /// <param name="console">Where to write.</param>
    /// <param name="text">The text, where several are answered; null for one.</param>
    /// <param name="response">Its answer.</param>
    public static void Write(IAnsiConsole console, string? text, DecodeResponse response)
    {
        var result = response.Result;
        var others = result.Scores.Where(score => score.Label != result.Label).OrderByDescending(score => score.Probability).Take(NextBest);
        var rest = string.Join(", ", others.Select(score => $"{score.Label} {Number(score.Probability)}"));
        var flip = result.Flipped ? $"  [yellow]the last layer alone says {Markup.Escape(result.PlainLabel)}[/]" : "";
        Records.WriteLine(console, $"[bold green]{Markup.Escape(result.Label)}[/] {Number(result.Probability)}  [grey]{Markup.Escape(rest)}[/]{flip}{(text is null ? "" : $"  {Markup.Escape(text)}")}");
    }

    private static string Number(float probability) => probability.ToString("0.00", CultureInfo.InvariantCulture);
}
