using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Rpc;

namespace Strata.Client.Conformance;

/// <summary>Runs one case through the client and writes what came of it.</summary>
internal sealed class Executor(StrataClient decoding, StrataClient decodingTls, BackboneClient backbone)
{
    // Errors on a stream carry details of these types, which the JSON form must know.
    private static readonly JsonFormatter _formatter = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(
            Google.Protobuf.Reflection.TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor)));

    public async Task<string> RunAsync(JsonElement command)
    {
        var responses = new JsonArray();
        JsonObject? error = null;
        using var cancel = new CancellationTokenSource();
        try
        {
            var cancelAfter = command.TryGetProperty("cancelAfter", out var after) && after.ValueKind == JsonValueKind.Number ? after.GetInt32() : (int?)null;
            if (cancelAfter == 0)
            {
                await cancel.CancelAsync();
            }

            var overTls = command.TryGetProperty("target", out var target) && target.GetString() == "decoding_tls";
            await foreach (var message in new CaseCalls(overTls ? decodingTls : decoding, backbone).Start(command, cancel.Token))
            {
                if (cancel.IsCancellationRequested)
                {
                    continue; // Was on its way when the case cancelled.
                }

                responses.Add(message);
                if (responses.Count == cancelAfter)
                {
                    await cancel.CancelAsync();
                }
            }
        }
        catch (StrataException failure)
        {
            error = Describe(failure);
        }
        catch (OperationCanceledException)
        {
            error = new JsonObject { ["code"] = "CANCELLED", ["reason"] = "", ["metadata"] = new JsonObject(), ["violations"] = new JsonArray() };
        }

        return new JsonObject { ["id"] = command.GetProperty("id").GetInt32(), ["responses"] = responses, ["error"] = error }.ToJsonString();
    }

    public static JsonNode ToJson(IMessage message) => JsonNode.Parse(_formatter.Format(message))!;

    public static JsonObject Describe(StrataException failure) => new()
    {
        ["code"] = CodeName(failure.Code),
        ["reason"] = failure.Reason,
        ["domain"] = failure.Domain,
        ["message"] = failure.Message,
        ["metadata"] = new JsonObject(failure.Metadata.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        ["violations"] = new JsonArray([.. failure.Violations.Select(violation => new JsonObject { ["field"] = violation.Field, ["description"] = violation.Description })]),
    };

    // DeadlineExceeded is DEADLINE_EXCEEDED in the other languages.
    private static string CodeName(Grpc.Core.StatusCode code) =>
        string.Concat(code.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}")).ToUpperInvariant();
}
