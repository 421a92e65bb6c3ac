using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strata.Contracts.Decoding.V1;

namespace Strata.AllInOne;

/// <summary>An explanation to look at: a row for each layer as it arrives, a column for each label that ever mattered, and where the decision came from.</summary>
/// <param name="text">The text.</param>
/// <param name="width">Columns of the terminal; narrow ones see fewer labels, then no entropy, and last no distances.</param>
internal sealed class Trajectory(string text, int width)
{
    private readonly List<LayerPoint> _points = [];
    private ExplainHeader? _header;
    private ExplainOutcome? _outcome;

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

    private Table Layers(ExplainHeader header) => TrajectoryLayout.Widest.Select(layout => Columns(header, layout)).ToTable(width);

    // A cell for each layer, and one for the decision once it is there.
    private IReadOnlyList<FittedColumn> Columns(ExplainHeader header, TrajectoryLayout layout)
    {
        var decided = _outcome?.Result;
        List<FittedColumn> columns =
        [
            Column("layer", isNumber: true, point => point.Layer.ToString(CultureInfo.InvariantCulture), _ => ""),
            Column("would answer", isNumber: false, point => Markup.Escape(point.Label) + Role(header, point), result => $"[bold green]{Markup.Escape(result.Label)}[/] [grey]decoded[/]"),
            .. ShownLabels(header, layout.Labels).Select(label => Column(
                header.Labels[label], isNumber: false, point => Bar(point.Probabilities[label], layout.Bar), result => Bar(result.Scores[label].Probability, layout.Bar))),
        ];
        if (layout.Entropy)
        {
            columns.Add(Column("entropy", isNumber: true, point => Invariant($"[grey]{point.Entropy:0.00}[/]"), _ => ""));
        }

        if (layout.Distance)
        {
            columns.Add(Column("distance", isNumber: true, point => Distance(point.Layer), _ => ""));
        }

        return columns;

        FittedColumn Column(string heading, bool isNumber, Func<LayerPoint, string> ofLayer, Func<DecodeResult, string> ofDecision) =>
            new(heading, isNumber, [.. _points.Select(ofLayer), .. decided is null ? Array.Empty<string>() : [ofDecision(decided)]]);
    }

    private string Role(ExplainHeader header, LayerPoint point) =>
        point.Layer == header.Model.LayerCount ? " [grey]expert[/]"
        : _outcome?.Result is { HasAmateurLayer: true } result && point.Layer == result.AmateurLayer ? " [grey]amateur[/]" : "";

    private int[] ShownLabels(ExplainHeader header, int most) =>
        [.. Enumerable.Range(0, header.Labels.Count)
            .OrderByDescending(label => Math.Max(Decoded(label), _points.Select(point => point.Probabilities[label]).DefaultIfEmpty(0).Max()))
            .Take(most)
            .OrderByDescending(label => _outcome is null ? _points.LastOrDefault()?.Probabilities[label] ?? 0 : Decoded(label))];

    private float Decoded(int label) => _outcome?.Result.Scores[label].Probability ?? 0;

    private string Distance(int layer) =>
        _outcome?.Distances.FirstOrDefault(candidate => candidate.Layer == layer) is { } found ? Invariant($"[grey]{found.Distance:0.000}[/]") : "";

    private static string Bar(float probability, int barWidth)
    {
        var eighths = (int)Math.Round(probability * barWidth * 8);
        var bar = new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : ((char)('█' + (8 - (eighths % 8)))).ToString());
        return Invariant($"{probability:0.00} [blue]{bar}[/]");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
