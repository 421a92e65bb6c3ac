namespace Strata.Cli.Bench.Thresholds;

/// <summary>A threshold against a run.</summary>
/// <param name="Condition">As it was written.</param>
/// <param name="Measured">The value. Null if nothing was measured.</param>
/// <param name="Unit">Of the value: ms, bytes, count, part (0..1) or per_s.</param>
/// <param name="Breached">Whether the condition holds, so that the run fails.</param>
/// <param name="Sentence">Which condition, what was measured and how far apart they are.</param>
internal sealed record ThresholdCheck(string Condition, double? Measured, string Unit, bool Breached, string Sentence);
