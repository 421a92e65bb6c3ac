namespace Strata.Benchmarks.Load.Report;

/// <summary>One figure.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">The median over the rounds, or a count.</param>
/// <param name="Unit">x (a ratio), ms, us, bytes, texts/s or layers.</param>
/// <param name="Target">What it should be; null for a figure that is only shown.</param>
internal sealed record Row(string Metric, double Value, string Unit, Target? Target = null)
{
    /// <summary>Smallest value of a round; null for a count.</summary>
    public double? Low { get; init; }

    /// <summary>Largest value of a round; null for a count.</summary>
    public double? High { get; init; }

    /// <summary>Null without a target.</summary>
    public bool? Met => Target?.IsMet(Value);

    /// <summary>Whether the program must fail because of this row.</summary>
    public bool BreaksBudget => Target is { IsGate: true } && Met == false;

    public string ValueText => Format(Value) + (Low is { } low && High is { } high && High != Low ? $" ({Number(low)}..{Number(high)})" : "");

    public string TargetText => Target is null ? "" : $"{(Target.IsUpper ? "<=" : ">=")} {Format(Target.Bound)}";

    public string MetText => Met switch { null => "", true => "yes", false => "no" };

    private string Format(double value) => Unit == "x" ? Number(value) : $"{Number(value)} {Unit}";

    private string Number(double value) => Unit switch
    {
        "x" or "ms" => FormattableString.Invariant($"{value:0.000}"),
        _ => FormattableString.Invariant($"{value:#,0.##}"),
    };
}
