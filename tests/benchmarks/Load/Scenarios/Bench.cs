using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>What every scenario measures on.</summary>
/// <param name="Pair">Both services, running.</param>
/// <param name="Subjects">The models.</param>
/// <param name="Pace">How long.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record Bench(RunningPair Pair, IReadOnlyList<Subject> Subjects, Pace Pace, CancellationToken Cancellation);
