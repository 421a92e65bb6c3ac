namespace Strata.Benchmarks.Load.Timing;

/// <summary>How long a comparison takes.</summary>
/// <param name="Rounds">Rounds of a comparison, at least 1.</param>
/// <param name="Seconds">Length of one round; a warm-up of the same length comes first.</param>
internal sealed record Pace(int Rounds, double Seconds);
