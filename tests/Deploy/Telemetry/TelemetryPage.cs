using System.Text.RegularExpressions;

namespace Strata.Deploy.Tests.Telemetry;

/// <summary>One row of docs/telemetry.md.</summary>
/// <param name="Name">Such as strata.decoding.decodes.</param>
/// <param name="Kind">counter, updowncounter or histogram.</param>
/// <param name="Unit">UCUM; an annotation such as {text} where there is none.</param>
/// <param name="Attributes">Names of its attributes.</param>
internal sealed record DocumentedMetric(string Name, string Kind, string Unit, IReadOnlyList<string> Attributes)
{
    /// <summary>Whether one decode without a context measures it.</summary>
    public bool IsMeasuredByADecode => Name is not ("strata.backbone.swaps" or "strata.decoding.context.uses" or "strata.errors");

    /// <summary>Its series in Prometheus, by the collector's rules: dots become underscores, the unit becomes a word, an annotation
    /// nothing, a counter ends in _total, a histogram has three series.</summary>
    public IReadOnlyList<string> Series
    {
        get
        {
            var unit = Unit switch
            {
                "s" => "_seconds",
                "By" => "_bytes",
                ['{', .., '}'] => "",
                _ => throw new InvalidOperationException($"{Name}: add the word that Prometheus has for the unit {Unit}."),
            };
            var name = Name.Replace('.', '_') + unit;
            return Kind switch
            {
                "counter" => [name + "_total"],
                "updowncounter" => [name],
                "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
                _ => throw new InvalidOperationException($"{Name}: add the series of a {Kind}."),
            };
        }
    }
}

/// <summary>The table of docs/telemetry.md, which Services.Tests keeps equal to the code.</summary>
internal static partial class TelemetryPage
{
    public static IReadOnlyList<DocumentedMetric> Metrics { get; } =
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "telemetry.md"))).Select(row => new DocumentedMetric(
            row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value == "-" ? [] : row.Groups[4].Value.Split(", "))),
    ];

    [GeneratedRegex(@"^\| `(strata\.[\w.]+)` \| (\w+) \| `([^`]+)` \| ([^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
