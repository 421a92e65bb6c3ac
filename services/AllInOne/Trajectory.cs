using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strata.Contracts.Decoding.V1;

namespace Strata.AllInOne;

/// <summary>An explanation to look at: a row for each layer as it arrives, a column for each label that ever mattered, and where the decision came from.</summary>
/// <param name="text">The text.</param>
/// <param name="width">Columns of the terminal; wide ones see more labels, the entropy and the distances.</param>
internal sealed class Trajectory(string text, int width)
{
    private const int WideFrom = 108;

    private readonly List<LayerPoint> _points = [];
    private ExplainHeader? _header;
    private ExplainOutcome? _outcome;

    private bool IsWide => width >= WideFrom;

    private int BarWidth => IsWide ? 8 : 6;

    /// <summary>Whether the decision has arrived.</summary>
    public bool IsComplete => _header is not null && _outcome is not null;

    /// <summary>Takes the next message of ExplainStream.</summary>
    public void Add(ExplainStreamResponse message)
    {
        switch (message.EventCase)
        {
            case ExplainStreamResponse.EventOneofCase.Header:
                _header = message.Header;
                break;
            case ExplainStreamResponse.EventOneofCase.Point:
                _points.Add(message.Point);
                break;
            case ExplainStreamResponse.EventOneofCase.Outcome:
                _outcome = message.Outcome;
                break;
            default:
                break; // Of a later version: what is known still shows.
        }
    }

    /// <summary>What there is to see now.</summary>
    public IRenderable Render()
    {
        var parts = new List<IRenderable> { new Markup($"[italic]{Markup.Escape(text)}[/]") };
        if (_header is not null)
        {
            parts.Add(Answer(_header));
            parts.Add(Layers(_header));
        }

        if (_header is not null && _outcome is { Timing: { } timing })
        {
            parts.Add(new Markup(Invariant(
                $"[grey]{_header.TokenCount} tokens; first layer after {timing.FirstLayerUs / 1000.0:0.0} ms, all {_points.Count} after {timing.BackboneUs / 1000.0:0.0} ms; {timing.BackboneBytes} bytes from Backbone[/]")));
        }

        return new Rows(parts);
    }

    private IRenderable Answer(ExplainHeader header)
    {
        if (_outcome?.Result is not { } result)
        {
            return new Markup($"[grey]layer {_points.Count} of {header.Model.LayerCount + 1} ...[/]");
        }

        var lines = new List<string>
        {
            Invariant($"[bold green]{Markup.Escape(result.Label)}[/] {result.Probability:0.00}") +
            (result.Flipped ? $"   [yellow](the last layer alone says {Markup.Escape(result.PlainLabel)})[/]" : "   [grey](as the last layer alone)[/]"),
        };
        if (result.HasAmateurLayer)
        {
            lines.Add(Invariant(
                $"[grey]expert layer {header.Model.LayerCount}, amateur layer {result.AmateurLayer}, target layer {header.Effective.TargetLayer:0.##}, beta {result.Beta:0.###}{(result.BetaCapped ? " (capped)" : "")}, alpha {header.Effective.PlausibilityAlpha:0.##}[/]"));
            lines.Add($"[grey]plausible: {Markup.Escape(string.Join(", ", _outcome.PlausibleLabels))}[/]");
        }

        return new Markup(string.Join('\n', lines));
    }

    private Table Layers(ExplainHeader header)
    {
        var shown = ShownLabels(header);
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumn(new TableColumn("layer").RightAligned().NoWrap()).AddColumn(new TableColumn("would answer").NoWrap());
        foreach (var label in shown)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header.Labels[label])).NoWrap());
        }

        if (IsWide)
        {
            table.AddColumn(new TableColumn("entropy").RightAligned().NoWrap()).AddColumn(new TableColumn("distance").RightAligned().NoWrap());
        }

        foreach (var point in _points)
        {
            var role = point.Layer == header.Model.LayerCount ? " [grey]expert[/]"
                : _outcome?.Result is { HasAmateurLayer: true } result && point.Layer == result.AmateurLayer ? " [grey]amateur[/]" : "";
            table.AddRow([
                point.Layer.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(point.Label) + role,
                .. shown.Select(label => Bar(point.Probabilities[label])),
                .. IsWide ? [Invariant($"[grey]{point.Entropy:0.00}[/]"), Distance(point.Layer)] : Array.Empty<string>(),
            ]);
        }

        if (_outcome?.Result is { } decided)
        {
            table.AddRow([
                "",
                $"[bold green]{Markup.Escape(decided.Label)}[/] [grey]decoded[/]",
                .. shown.Select(label => Bar(decided.Scores[label].Probability)),
                .. IsWide ? ["", ""] : Array.Empty<string>(),
            ]);
        }

        return table;
    }

    private int[] ShownLabels(ExplainHeader header) =>
        [.. Enumerable.Range(0, header.Labels.Count)
            .OrderByDescending(label => Math.Max(Decoded(label), _points.Select(point => point.Probabilities[label]).DefaultIfEmpty(0).Max()))
            .Take(IsWide ? 5 : 4)
            .OrderByDescending(label => _outcome is null ? _points.LastOrDefault()?.Probabilities[label] ?? 0 : Decoded(label))];

    private float Decoded(int label) => _outcome?.Result.Scores[label].Probability ?? 0;

    private string Distance(int layer) =>
        _outcome?.Distances.FirstOrDefault(candidate => candidate.Layer == layer) is { } found ? Invariant($"[grey]{found.Distance:0.000}[/]") : "";

    private string Bar(float probability)
    {
        var eighths = (int)Math.Round(probability * BarWidth * 8);
        var bar = new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : ((char)('█' + (8 - (eighths % 8)))).ToString());
        return Invariant($"{probability:0.00} [blue]{bar}[/]");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
