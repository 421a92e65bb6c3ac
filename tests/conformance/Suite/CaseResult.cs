using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests.Suite;

/// <summary>What a client made of a case.</summary>
internal sealed class CaseResult
{
    // Times, which no two runs share.
    private static readonly string[] _times = ["timing", "elapsedUs", "tokenizeUs", "queueUs", "runUs", "createTime", "expireTime", "lastUseTime"];

    // These two end a call on either side; which one is faster decides whether there is a reason, and how much came before.
    private static readonly string[] _raced = ["CANCELLED", "DEADLINE_EXCEEDED"];

    private CaseResult(JsonArray responses, JsonObject? error) => (Responses, Error) = (responses, error);

    public JsonArray Responses { get; }

    public JsonObject? Error { get; }

    private string? Code => Error?["code"]?.GetValue<string>();

    public static CaseResult Parse(string line, int id)
    {
        var result = JsonNode.Parse(line)!.AsObject();
        Assert.Equal(id, result["id"]!.GetValue<int>());
        var responses = result["responses"]!.AsArray();
        DropTimes(responses);
        return new CaseResult(responses, result["error"]?.AsObject());
    }

    /// <summary>Why the case failed, or null.</summary>
    public string? Check(ConformanceCase given, IReadOnlyDictionary<string, string> saved)
    {
        if (given.Expect["error"] is { } error)
        {
            var difference = Error is null ? $"no error, expected {error.ToJsonString()}" : Match.Subset(Expansion.Of(error, saved), Error, "error");
            return difference ?? (given.CancelAfter is { } count && Responses.Count != count ? $"{Responses.Count} messages before the cancel, expected {count}" : null);
        }

        if (Error is not null)
        {
            return $"error {Error.ToJsonString()}";
        }

        if (given.Expect["count"] is { } messages && Responses.Count != messages.GetValue<int>())
        {
            return $"{Responses.Count} messages, expected {messages}";
        }

        if (given.Expect["responses"] is { } all)
        {
            return Match.Subset(Expansion.Of(all, saved), Responses, "responses");
        }

        return given.Expect["response"] is { } response ? Match.Subset(Expansion.Of(response, saved), Responses.LastOrDefault(), "response") : null;
    }

    /// <summary>How this result differs from that of another language, or null.</summary>
    /// <param name="other">The other result.</param>
    /// <param name="tolerance">Relative, of numbers in responses.</param>
    /// <param name="varies">Fields of an error that no two runs share.</param>
    public string? DifferenceTo(CaseResult other, double tolerance, IReadOnlyList<string> varies)
    {
        if (_raced.Contains(Code) && Code == other.Code)
        {
            return null;
        }

        return Match.Equal(other.Responses, Responses, "responses", tolerance) ?? Match.Equal(Comparable(other.Error, varies), Comparable(Error, varies), "error");
    }

    // A status without a reason was made by the gRPC library, whose words are its own.
    private static JsonObject? Comparable(JsonObject? error, IReadOnlyList<string> varies)
    {
        var own = error?["reason"]?.GetValue<string>().Length > 0;
        return error is null ? null : new JsonObject(error.Where(pair => own ? !varies.Contains(pair.Key) : pair.Key == "code").Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    private static void DropTimes(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var time in _times)
                {
                    map.Remove(time);
                }

                foreach (var (_, value) in map)
                {
                    DropTimes(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    DropTimes(item);
                }

                break;
        }
    }
}
