using System.Text.Json;

namespace Strata.Backbone.Models;

/// <summary>What config.json says, under the names of the families.</summary>
internal sealed record ModelConfig
{
    private const int MaxLabels = 100_000;

    public string ModelType { get; private init; } = "";

    public IReadOnlyList<string> Architectures { get; private init; } = [];

    /// <summary>L; null where the file does not say.</summary>
    public int? LayerCount { get; private init; }

    public int? HiddenSize { get; private init; }

    public int? HeadCount { get; private init; }

    public int? KeyValueHeadCount { get; private init; }

    public int? HeadSize { get; private init; }

    /// <summary>0 where the file does not say.</summary>
    public int MaxPositions { get; private init; }

    public int PadTokenId { get; private init; }

    /// <summary>id2label in the order of ids; empty where the file has none.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    /// <exception cref="BackboneException">ModelInvalid: not JSON, too large, or a number out of range.</exception>
    public static ModelConfig Read(string path, ModelLimits limits)
    {
        try
        {
            if (new FileInfo(path).Length > limits.MaxConfigBytes)
            {
                throw Invalid($"has more than {limits.MaxConfigBytes} bytes");
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, limits) : throw Invalid("is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new BackboneException(BackboneError.ModelInvalid, $"config.json is not well-formed JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException(BackboneError.ModelFilesMissing, $"config.json cannot be read: {e.Message}", e);
        }
    }

    private static ModelConfig Read(JsonElement root, ModelLimits limits)
    {
        var pad = Number(root, 0, int.MaxValue, "pad_token_id") ?? 0;
        var modelType = Text(root, "model_type");
        var positions = Number(root, 1, int.MaxValue, "max_position_embeddings", "n_positions", "n_ctx", "max_seq_len") ?? 0;

        // RoBERTa and its kin number positions from pad + 1, so that many rows of the table hold no position.
        var offset = modelType.Contains("roberta", StringComparison.Ordinal) || modelType is "camembert" or "mpnet" or "longformer" ? pad + 1 : 0;
        return new ModelConfig
        {
            ModelType = modelType,
            Architectures = Texts(root, "architectures"),
            LayerCount = Number(root, 1, limits.MaxLayers, "num_hidden_layers", "n_layer", "num_layers", "n_layers"),
            HiddenSize = Number(root, 1, 1 << 20, "hidden_size", "n_embd", "d_model", "dim"),
            HeadCount = Number(root, 1, 1 << 16, "num_attention_heads", "n_head", "n_heads", "num_heads"),
            KeyValueHeadCount = Number(root, 1, 1 << 16, "num_key_value_heads", "num_kv_heads"),
            HeadSize = Number(root, 1, 1 << 16, "head_dim", "d_kv"),
            MaxPositions = positions > offset ? positions - offset : positions,
            PadTokenId = pad,
            Labels = ReadLabels(root),
        };
    }

    private static string[] ReadLabels(JsonElement root)
    {
        if (!root.TryGetProperty("id2label", out var labels) || labels.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var byId = new SortedDictionary<int, string>();
        foreach (var label in labels.EnumerateObject())
        {
            if (!int.TryParse(label.Name, out var id) || id is < 0 or >= MaxLabels || label.Value.ValueKind != JsonValueKind.String || !byId.TryAdd(id, label.Value.GetString()!))
            {
                throw Invalid($"has an id2label entry '{label.Name}' that is no label");
            }
        }

        return byId.Count == 0 || byId.Keys.Last() == byId.Count - 1 ? [.. byId.Values] : throw Invalid("has an id2label that skips an id");
    }

    private static int? Number(JsonElement root, int min, int max, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number)
            {
                // A pad id of -1 is how some families say that there is none.
                return value.TryGetInt32(out var number) && number >= min && number <= max ? number
                    : name == "pad_token_id" ? null
                    : throw Invalid($"says {name} = {value.GetRawText()}, which is not in {min}..{max}");
            }
        }

        return null;
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string[] Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Take(16).Select(e => e.GetString()!)]
            : [];

    private static BackboneException Invalid(string what) => new(BackboneError.ModelInvalid, $"config.json {what}. Copy it from the model's repository.");
}
