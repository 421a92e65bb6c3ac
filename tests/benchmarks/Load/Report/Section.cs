namespace Strata.Benchmarks.Load.Report;

/// <summary>The rows of one scenario.</summary>
/// <param name="Title">Name of the scenario.</param>
/// <param name="Explanation">What was compared, in a sentence or two.</param>
/// <param name="Rows">The figures.</param>
internal sealed record Section(string Title, string Explanation, IReadOnlyList<Row> Rows);
