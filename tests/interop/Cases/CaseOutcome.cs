namespace Strata.Interop.Tests.Cases;

/// <summary>What a client program says of one case: a line <c>VERDICT NAME REASON</c>.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Verdict"><see cref="Ok"/>, <see cref="Failed"/> or <see cref="Unsupported"/>.</param>
/// <param name="Reason">Why; empty if ok.</param>
internal sealed record CaseOutcome(string Name, string Verdict, string Reason)
{
    public const string Ok = "ok";

    public const string Failed = "failed";

    /// <summary>The library of the client cannot do what the case asks for.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>Reads the lines of a run, in order; other lines are a library's own.</summary>
    public static IReadOnlyList<CaseOutcome> ParseAll(string output) =>
    [
        .. from words in output.Split('\n').Select(line => line.Split(' ', 3))
           where words.Length >= 2 && words[0] is Ok or Failed or Unsupported
           select new CaseOutcome(words[1], words[0], words.ElementAtOrDefault(2) ?? ""),
    ];
}
