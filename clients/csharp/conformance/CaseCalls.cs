using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Client.Conformance;

/// <summary>From the name of a call to the client's method of it.</summary>
internal sealed class CaseCalls(StrataClient decoding, BackboneClient backbone)
{
    public IAsyncEnumerable<JsonNode> Start(JsonElement command, CancellationToken cancel)
    {
        var request = command.TryGetProperty("request", out var given) ? given.GetRawText() : "{}";
        TimeSpan? deadline = command.TryGetProperty("deadlineMs", out var ms) && ms.ValueKind == JsonValueKind.Number ? TimeSpan.FromMilliseconds(ms.GetInt32()) : null;
        var onBackbone = command.TryGetProperty("target", out var target) && target.GetString() == "backbone";
        return command.GetProperty("call").GetString() switch
        {
            "decode" => One(decoding.DecodeAsync(Parse<DecodeRequest>(request), deadline, cancel)),
            "batch_decode" => One(decoding.BatchDecodeAsync(Parse<BatchDecodeRequest>(request), deadline, cancel)),
            "decode_many" => ManyAsync(given, deadline, cancel),
            "explain" => Each(decoding.ExplainAsync(Parse<DecodeRequest>(request), deadline, cancel)),
            "list_backbones" => All(decoding.ListBackbonesAsync(deadline, cancel), "backbones"),
            "create_context" => One(decoding.Contexts.CreateAsync(Parse<CreateContextRequest>(request), deadline, cancel)),
            "get_context" => Wrap(decoding.Contexts.GetAsync(Parse<GetContextRequest>(request).Id, deadline, cancel), "context"),
            "list_contexts" => All(decoding.Contexts.ListAsync(Parse<Contracts.Decoding.V1.ListContextsRequest>(request).Backbone, deadline, cancel), "contexts"),
            "pin_context" => Wrap(decoding.Contexts.PinAsync(Parse<PinContextRequest>(request), deadline, cancel), "context"),
            "delete_context" => DeleteAsync(Parse<DeleteContextRequest>(request).Id, deadline, cancel),
            "export_import_context" => ExportImportAsync(Parse<ExportContextRequest>(request).Id, deadline, cancel),
            "evaluate_context" => Each(decoding.Contexts.EvaluateAsync(Parse<EvaluateContextRequest>(request), deadline, cancel)),
            "list_models" => All(backbone.ListModelsAsync(deadline, cancel), "models"),
            "get_model" => Wrap(backbone.GetModelAsync(Parse<GetModelRequest>(request).Name, deadline, cancel), "model"),
            "tokenize" => One(backbone.TokenizeAsync(Parse<TokenizeRequest>(request), deadline, cancel)),
            "stream_layers" => Each(backbone.StreamLayersAsync(Parse<StreamLayersRequest>(request), deadline, cancel)),
            "swap" => Each(backbone.SwapAsync(Parse<SwapModelRequest>(request), deadline, cancel)),
            "health" => HealthAsync(given, onBackbone, cancel),
            var other => throw new ArgumentException($"No call is named '{other}'."),
        };
    }

    private static T Parse<T>(string json) where T : IMessage, new() => JsonParser.Default.Parse<T>(json);

    private static async IAsyncEnumerable<JsonNode> One<T>(Task<T> call) where T : IMessage
    {
        yield return Executor.ToJson(await call);
    }

    // The client returns the one field of these answers; the case speaks of the message.
    private static async IAsyncEnumerable<JsonNode> Wrap<T>(Task<T> call, string field) where T : IMessage
    {
        yield return new JsonObject { [field] = Executor.ToJson(await call) };
    }

    private static async IAsyncEnumerable<JsonNode> All<T>(Task<IReadOnlyList<T>> call, string field) where T : IMessage
    {
        yield return new JsonObject { [field] = new JsonArray([.. (await call).Select(item => Executor.ToJson(item))]) };
    }

    private static async IAsyncEnumerable<JsonNode> Each<T>(IAsyncEnumerable<T> stream) where T : IMessage
    {
        await foreach (var message in stream)
        {
            yield return Executor.ToJson(message);
        }
    }

    private async IAsyncEnumerable<JsonNode> ManyAsync(JsonElement requests, TimeSpan? deadline, [EnumeratorCancellation] CancellationToken cancel)
    {
        var list = requests.EnumerateArray().Select(request => Parse<DecodeRequest>(request.GetRawText())).ToArray();
        var answers = new List<DecodeAnswer>();
        await foreach (var answer in decoding.DecodeManyAsync(list.ToAsyncEnumerable(), deadline: deadline, cancellation: cancel))
        {
            answers.Add(answer);
        }

        foreach (var answer in answers.OrderBy(answer => answer.Index))
        {
            yield return answer.Error is { } error
                ? new JsonObject { ["index"] = answer.Index, ["error"] = Executor.Describe(error) }
                : new JsonObject { ["index"] = answer.Index, ["response"] = Executor.ToJson(answer.Response!) };
        }
    }

    private async IAsyncEnumerable<JsonNode> DeleteAsync(string id, TimeSpan? deadline, [EnumeratorCancellation] CancellationToken cancel)
    {
        await decoding.Contexts.DeleteAsync(id, deadline, cancel);
        yield return new JsonObject();
    }

    private async IAsyncEnumerable<JsonNode> ExportImportAsync(string id, TimeSpan? deadline, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var file = new MemoryStream();
        await decoding.Contexts.ExportAsync(id, file, deadline, cancel);
        file.Position = 0;
        yield return new JsonObject { ["context"] = Executor.ToJson(await decoding.Contexts.ImportAsync(file, deadline, cancel)) };
    }

    private async IAsyncEnumerable<JsonNode> HealthAsync(JsonElement request, bool onBackbone, [EnumeratorCancellation] CancellationToken cancel)
    {
        var service = request.ValueKind == JsonValueKind.Object && request.TryGetProperty("service", out var name) ? name.GetString()! : "";
        var status = await (onBackbone ? backbone.HealthAsync(service, cancel) : decoding.HealthAsync(service, cancel));
        yield return new JsonObject { ["status"] = status.ToString().ToUpperInvariant() };
    }
}
