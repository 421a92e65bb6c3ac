using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests.Suite;

/// <summary>Compares JSON as the suite means it; every method gives the first difference in words, or null.</summary>
internal static class Match
{
    /// <summary>A float as protobuf's JSON of each language writes it: shortest digits that round-trip, or nine.</summary>
    public const double ExactTolerance = 1e-6;

    /// <summary>Of numbers from a DecodeStream: which requests share a batch is a matter of time, and a batch rounds otherwise than a single row.</summary>
    public const double BatchTolerance = 1e-4;

    /// <summary>Everything that is expected must be there; an object may hold more.</summary>
    public static string? Subset(JsonNode? expected, JsonNode? actual, string path = "") => (expected, actual) switch
    {
        (JsonObject map, JsonArray list) when map["$length"] is { } length => list.Count == length.GetValue<int>() ? null : $"{path}: {list.Count} items, expected {length}",
        (JsonObject map, JsonObject has) => map.Select(pair => Subset(pair.Value, has[pair.Key], $"{path}.{pair.Key}")).FirstOrDefault(difference => difference is not null),
        (JsonArray list, JsonArray has) => list.Count == has.Count
            ? list.Select((item, i) => Subset(item, has[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null)
            : $"{path}: {has.Count} items, expected {list.Count}",
        _ => Same(expected, actual, path),
    };

    /// <summary>Both hold the same.</summary>
    public static string? Equal(JsonNode? one, JsonNode? other, string path = "", double tolerance = ExactTolerance)
    {
        if (one is JsonObject left && other is JsonObject right)
        {
            return left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key))
                .Select(key => Equal(left[key], right[key], $"{path}.{key}", tolerance)).FirstOrDefault(difference => difference is not null);
        }

        return one is JsonArray list && other is JsonArray with && list.Count == with.Count
            ? list.Select((item, i) => Equal(item, with[i], $"{path}[{i}]", tolerance)).FirstOrDefault(difference => difference is not null)
            : Same(one, other, path, tolerance);
    }

    private static string? Same(JsonNode? expected, JsonNode? actual, string path, double tolerance = ExactTolerance)
    {
        if (Number(expected) is { } x && Number(actual) is { } y)
        {
            return Math.Abs(x - y) <= tolerance * Math.Max(Math.Abs(x), Math.Abs(y)) ? null : $"{path}: {y:R}, expected {x:R}";
        }

        return JsonNode.DeepEquals(expected, actual) ? null : $"{path}: {Short(actual)}, expected {Short(expected)}";
    }

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string Short(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "nothing";
        return text.Length > 200 ? text[..200] + "..." : text;
    }
}
