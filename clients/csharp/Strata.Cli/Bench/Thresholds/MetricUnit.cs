using System.Globalization;

namespace Strata.Cli.Bench.Thresholds;

/// <summary>What the values of a metric are.</summary>
internal enum MetricUnit
{
    /// <summary>ns; a threshold has to say us, ms or s.</summary>
    Time,

    /// <summary>Bytes; a threshold may say B, KiB or MiB.</summary>
    Bytes,

    /// <summary>A number of things; no unit.</summary>
    Count,

    /// <summary>0..1; a threshold may say %.</summary>
    Part,

    /// <summary>Per second; a threshold may say /s.</summary>
    PerSecond,
}

/// <summary>Reads and writes the values of a <see cref="MetricUnit"/>.</summary>
internal static class MetricUnits
{
    /// <summary>What a value of this suffix is multiplied by; null if the unit has no such suffix.</summary>
    public static double? Factor(this MetricUnit unit, string suffix) => (unit, suffix) switch
    {
        (MetricUnit.Time, "us" or "µs") => 1e3,
        (MetricUnit.Time, "ms") => 1e6,
        (MetricUnit.Time, "s") => 1e9,
        (MetricUnit.Bytes, "" or "B") => 1,
        (MetricUnit.Bytes, "KiB") => 1024,
        (MetricUnit.Bytes, "MiB") => 1024 * 1024,
        (MetricUnit.Part, "%") => 0.01,
        (MetricUnit.PerSecond, "" or "/s") or (MetricUnit.Count or MetricUnit.Part, "") => 1,
        _ => null,
    };

    /// <summary>The suffixes that a threshold may write, for people.</summary>
    public static string Suffixes(this MetricUnit unit) => unit switch
    {
        MetricUnit.Time => "us, ms or s",
        MetricUnit.Bytes => "nothing, B, KiB or MiB",
        MetricUnit.Part => "nothing (0.01) or % (1%)",
        MetricUnit.PerSecond => "nothing or /s",
        _ => "nothing",
    };

    /// <summary>Name and length of the unit that reports use.</summary>
    public static (string Name, double Length) InReports(this MetricUnit unit) => unit switch
    {
        MetricUnit.Time => ("ms", 1e6),
        MetricUnit.Bytes => ("bytes", 1),
        MetricUnit.Part => ("part", 1),
        MetricUnit.PerSecond => ("per_s", 1),
        _ => ("count", 1),
    };

    /// <summary>A value for people.</summary>
    public static string Format(this MetricUnit unit, double value) => unit switch
    {
        MetricUnit.Time when value < 1e6 => Invariant($"{value / 1e3:0.#} us"),
        MetricUnit.Time when value < 1e9 => Invariant($"{value / 1e6:0.###} ms"),
        MetricUnit.Time => Invariant($"{value / 1e9:0.###} s"),
        MetricUnit.Bytes => Invariant($"{value:0.#} B"),
        MetricUnit.Part => Invariant($"{value * 100:0.###}%"),
        MetricUnit.PerSecond => Invariant($"{value:0.##}/s"),
        _ => Invariant($"{value:0}"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
