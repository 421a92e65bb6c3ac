using System.Globalization;
using Spectre.Console;
using Strata.Contracts.Decoding.V1;

namespace Strata.AllInOne;

/// <summary>Prints an explanation so that one sees where the answer came from: a row for each layer, a column for each label that ever mattered.</summary>
internal static class TrajectoryPrinter
{
    private const int LabelColumns = 4;
    private const int BarWidth = 6;

    public static async Task PrintAsync(string text, IAsyncEnumerable<ExplainStreamResponse> events)
    {
        ExplainHeader? header = null;
        ExplainOutcome? outcome = null;
        var points = new List<LayerPoint>();
        await foreach (var message in events)
        {
            header ??= message.Header;
            outcome ??= message.Outcome;
            if (message.Point is { } point)
            {
                points.Add(point);
            }
        }

        if (header is null || outcome is null)
        {
            throw new InvalidDataException("The explanation ended early.");
        }

        PrintAnswer(text, header, outcome);
        AnsiConsole.Write(Trajectory(header, outcome, points));
        var timing = outcome.Timing;
        AnsiConsole.MarkupLine(Invariant(
            $"[grey]{header.TokenCount} tokens; first layer after {timing.FirstLayerUs / 1000.0:0.0} ms, all {points.Count} after {timing.BackboneUs / 1000.0:0.0} ms; {timing.BackboneBytes} bytes from Backbone[/]"));
        AnsiConsole.WriteLine();
    }

    private static void PrintAnswer(string text, ExplainHeader header, ExplainOutcome outcome)
    {
        var result = outcome.Result;
        var effective = header.Effective;
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLine($"[italic]{Markup.Escape(text)}[/]");
        AnsiConsole.MarkupLine(Invariant($"[bold green]{Markup.Escape(result.Label)}[/] {result.Probability:0.00}") +
            (result.Flipped ? $"   [yellow](the last layer alone says {Markup.Escape(result.PlainLabel)})[/]" : "   [grey](as the last layer alone)[/]"));
        if (result.HasAmateurLayer)
        {
            AnsiConsole.MarkupLine(Invariant(
                $"[grey]expert layer {header.Model.LayerCount}, amateur layer {result.AmateurLayer}, target layer {effective.TargetLayer:0.##}, beta {result.Beta:0.###}, alpha {effective.PlausibilityAlpha:0.##}; plausible: {Markup.Escape(string.Join(", ", outcome.PlausibleLabels))}[/]"));
        }
    }

    private static Table Trajectory(ExplainHeader header, ExplainOutcome outcome, List<LayerPoint> points)
    {
        int[] shown = [.. Enumerable.Range(0, header.Labels.Count)
            .OrderByDescending(label => Math.Max(outcome.Result.Scores[label].Probability, points.Max(point => point.Probabilities[label])))
            .Take(LabelColumns)
            .OrderByDescending(label => outcome.Result.Scores[label].Probability)];
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumn(new TableColumn("layer").RightAligned().NoWrap()).AddColumn(new TableColumn("would answer").NoWrap());
        foreach (var label in shown)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header.Labels[label])).NoWrap());
        }

        foreach (var point in points)
        {
            var role = point.Layer == header.Model.LayerCount ? " [grey]expert[/]"
                : outcome.Result.HasAmateurLayer && point.Layer == outcome.Result.AmateurLayer ? " [grey]amateur[/]" : "";
            table.AddRow([
                point.Layer.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(point.Label) + role,
                .. shown.Select(label => Bar(point.Probabilities[label])),
            ]);
        }

        table.AddRow([
            "",
            $"[bold green]{Markup.Escape(outcome.Result.Label)}[/] [grey]decoded[/]",
            .. shown.Select(label => Bar(outcome.Result.Scores[label].Probability)),
        ]);
        return table;
    }

    private static string Bar(float probability)
    {
        var eighths = (int)Math.Round(probability * BarWidth * 8);
        var bar = new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : ((char)('█' + (8 - (eighths % 8)))).ToString());
        return Invariant($"{probability:0.00} [blue]{bar}[/]");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
