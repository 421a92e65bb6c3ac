using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests.Suite;

/// <summary>One client's results of one file, in order, with what failed and the values saved on the way.</summary>
internal sealed class FileRun
{
    private readonly Dictionary<string, string> _saved = [];

    public Dictionary<string, CaseResult> Results { get; } = [];

    /// <summary>Case and why it failed.</summary>
    public Dictionary<string, string> Failures { get; } = [];

    public IReadOnlyDictionary<string, string> Saved => _saved;

    public void Add(ConformanceCase given, CaseResult result)
    {
        Results.Add(given.Name, result);
        if (result.Check(given, _saved) is { } failure)
        {
            Failures.Add(given.Name, failure);
        }

        foreach (var (name, path) in given.Save ?? [])
        {
            // A field that is not there is seen by the cases that need it.
            _saved[name] = path!.GetValue<string>().Split('.').Aggregate(result.Responses.LastOrDefault(), (node, key) => (node as JsonObject)?[key])?.ToString() ?? $"<no {path}>";
        }
    }
}
