using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests.Suite;

/// <summary>What YAML cannot say in few lines: saved values and long lists and texts.</summary>
internal static class Expansion
{
    /// <summary>
    /// Replaces <c>${NAME}</c> by a saved value, <c>{$repeat: N, of: X}</c> in a list by N times X, where <c>${i}</c> counts
    /// from 0, and <c>{$join: N, of: TEXT}</c> by one text of N times TEXT.
    /// </summary>
    public static JsonNode? Of(JsonNode? node, IReadOnlyDictionary<string, string> saved) => node switch
    {
        JsonObject map when map["$join"] is { } times => JsonValue.Create(string.Concat(Enumerable.Repeat(Replace(map["of"]!.GetValue<string>(), saved), times.GetValue<int>()))),
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value, saved)))),
        JsonArray list => new JsonArray([.. list.SelectMany(item => Items(item, saved))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Replace(text, saved)),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<JsonNode?> Items(JsonNode? item, IReadOnlyDictionary<string, string> saved) =>
        item is JsonObject map && map["$repeat"] is { } times
            ? Enumerable.Range(0, times.GetValue<int>()).Select(i => Of(map["of"], new Dictionary<string, string>(saved) { ["i"] = $"{i}" }))
            : [Of(item, saved)];

    private static string Replace(string text, IReadOnlyDictionary<string, string> saved) =>
        saved.Aggregate(text, (sofar, pair) => sofar.Replace($"${{{pair.Key}}}", pair.Value, StringComparison.Ordinal));
}
