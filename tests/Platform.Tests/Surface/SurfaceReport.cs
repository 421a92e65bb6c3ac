namespace Strata.Platform.Tests.Surface;

/// <summary>Every reference that was looked up, and those that were not found.</summary>
internal sealed class SurfaceReport
{
    private readonly List<string> resolved = [];
    private readonly List<string> unresolved = [];

    internal IReadOnlyList<string> Resolved => resolved;

    internal IReadOnlyList<string> Unresolved => unresolved;

    internal void Add(string reference, bool found) => (found ? resolved : unresolved).Add(reference);
}
