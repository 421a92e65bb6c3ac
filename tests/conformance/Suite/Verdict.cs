namespace Strata.Conformance.Tests.Suite;

/// <summary>What is wrong with a client's run of a file, one sentence each; none is a pass.</summary>
internal static class Verdict
{
    /// <summary>Cases that failed and may not, and cases that pass though they are listed as failing.</summary>
    /// <param name="run">The client's run.</param>
    /// <param name="known">Cases that it is known to fail, with reasons.</param>
    public static IEnumerable<string> Unexpected(FileRun run, IReadOnlyDictionary<string, string> known) =>
    [
        .. run.Failures.Where(failure => !known.ContainsKey(failure.Key)).Select(failure => $"{failure.Key}: {failure.Value}"),
        .. run.Results.Keys.Where(name => known.ContainsKey(name) && !run.Failures.ContainsKey(name)).Select(name => $"{name}: passes, so the known-failing list must not name it"),
    ];

    /// <summary>Cases that a client answers otherwise than another one does.</summary>
    /// <param name="mine">The client's run.</param>
    /// <param name="reference">The other one's run of the same file.</param>
    /// <param name="cases">The cases of the file.</param>
    /// <param name="known">Cases that the client is known to fail.</param>
    public static IEnumerable<string> Differences(FileRun mine, FileRun reference, IEnumerable<ConformanceCase> cases, IReadOnlyDictionary<string, string> known) =>
        from given in cases
        where !known.ContainsKey(given.Name)
        let difference = Difference(given, mine, reference)
        where difference is not null
        select $"{given.Name}: {difference}";

    private static string? Difference(ConformanceCase given, FileRun mine, FileRun reference) =>
        mine.Results.TryGetValue(given.Name, out var one) && reference.Results.TryGetValue(given.Name, out var other)
            ? one.DifferenceTo(other, given.Call == "decode_many" ? Match.BatchTolerance : Match.ExactTolerance, given.Varies)
            : "one of the two gave no result";
}
