namespace Strata.Cli.Bench.Measure;

/// <summary>A call that is to be made.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="IntendedNs">When it is to start, on <see cref="Clock"/>. All of its times count from here, not from when it did start: a server that
/// stalls cannot hide the calls that had to wait for it.</param>
internal readonly record struct Arrival(long Index, long IntendedNs);
