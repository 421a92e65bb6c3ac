using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests.Suite;

/// <summary>One case of <c>cases/*.yaml</c>; README.md of this folder describes the form.</summary>
internal sealed record ConformanceCase(string Name, string Call, string Target, JsonNode? Request, JsonObject? Save, int? DeadlineMs, int? CancelAfter, IReadOnlyList<string> Varies, JsonObject Expect)
{
    private static readonly string[] _keys = ["name", "call", "target", "request", "save", "deadline_ms", "cancel_after", "times", "varies", "expect"];

    /// <summary>The case of an entry; with <c>times: N</c> N of them, where <c>${i}</c> counts from 0 in the name, request and expectation.</summary>
    public static IEnumerable<ConformanceCase> From(JsonObject entry) =>
        entry["times"] is { } times
            ? Enumerable.Range(0, times.GetValue<int>()).Select(i => One(Expansion.Of(entry, new Dictionary<string, string> { ["i"] = $"{i}" })!.AsObject()))
            : [One(entry)];

    private static ConformanceCase One(JsonObject entry)
    {
        var unknown = entry.Select(pair => pair.Key).Except(_keys).ToArray();
        Assert.True(unknown.Length == 0, $"A case has no '{string.Join(", ", unknown)}': {entry.ToJsonString()}");
        return new(
            Text(entry, "name") ?? throw new FormatException($"A case without a name: {entry.ToJsonString()}"),
            Text(entry, "call") ?? throw new FormatException($"A case without a call: {entry.ToJsonString()}"),
            Text(entry, "target") ?? "decoding",
            entry["request"],
            entry["save"]?.AsObject(),
            entry["deadline_ms"]?.GetValue<int>(),
            entry["cancel_after"]?.GetValue<int>(),
            [.. (entry["varies"] as JsonArray ?? []).Select(field => field!.GetValue<string>())],
            entry["expect"]?.AsObject() ?? throw new FormatException($"A case that expects nothing: {entry.ToJsonString()}"));
    }

    /// <summary>The line that an executor reads.</summary>
    public string Line(int id, IReadOnlyDictionary<string, string> saved) => new JsonObject
    {
        ["id"] = id,
        ["call"] = Call,
        ["target"] = Target,
        ["request"] = Expansion.Of(Request, saved) ?? new JsonObject(),
        ["deadlineMs"] = DeadlineMs,
        ["cancelAfter"] = CancelAfter,
    }.ToJsonString();

    private static string? Text(JsonObject entry, string key) => entry[key]?.GetValue<string>();
}
