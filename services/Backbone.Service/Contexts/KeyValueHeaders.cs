using Strata.Backbone.Contexts;
using Strata.Backbone.Models;
using Strata.Backbone.Service.Models;
using Strata.Backbone.Service.Rpc;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Tensor.V1;

namespace Strata.Backbone.Service.Contexts;

/// <summary>Headers of key/values: written for what was compiled, and checked for what is uploaded, before memory is taken.</summary>
internal static class KeyValueHeaders
{
    private const int IdLength = 64;

    public static KeyValueHeader Write(ContextSource source, HostedModel model, KeyValueLayout layout)
    {
        var header = new KeyValueHeader
        {
            ContextId = source.Id,
            Fingerprint = source.Fingerprint,
            LayerCount = layout.LayerCount,
            KeyValueHeadCount = layout.KeyValueHeadCount,
            HeadSize = layout.HeadSize,
            PromptTokens = source.PromptTokens,
            DataType = TypeOf(model),
            TotalBytes = layout.TotalBytes,
        };
        header.KeptPositions.AddRange(source.KeptPositions);
        return header;
    }

    /// <summary>Checks an uploaded header against the model that will follow the key/values.</summary>
    /// <exception cref="BackboneException">FingerprintMismatch, ContextsUnsupported, ContextTooLong or ArgumentInvalid.</exception>
    public static (ContextSource Source, KeyValueLayout Layout) Read(KeyValueHeader header, ServedModel model)
    {
        var description = model.Hosted.Description;
        RequireFingerprint(header.Fingerprint, description.Fingerprint);
        CheckId(header.ContextId, "header.context_id");
        var layout = model.Hosted.KeyValueLayoutOf(header.KeptPositions.Count);
        if (header.LayerCount != layout.LayerCount || header.KeyValueHeadCount != layout.KeyValueHeadCount || header.HeadSize != layout.HeadSize || header.DataType != TypeOf(model.Hosted))
        {
            throw InputMapping.Invalid(
                "header", $"{description.Name} has {layout.LayerCount} layers of {layout.KeyValueHeadCount} x {layout.HeadSize} key/values in {TypeOf(model.Hosted)}; the header says otherwise.");
        }

        CheckPromptLength(header.PromptTokens, model.Wire.MaxTokens, "header.prompt_tokens");
        KeptPositions.Check(header.KeptPositions, header.PromptTokens, "header.kept_positions");
        return header.TotalBytes == layout.TotalBytes
            ? (new ContextSource(header.ContextId, description.Name, header.Fingerprint, [.. header.KeptPositions], header.PromptTokens), layout)
            : throw InputMapping.Invalid("header.total_bytes", $"{header.KeptPositions.Count} kept positions of {description.Name} take {layout.TotalBytes} bytes, not {header.TotalBytes}.");
    }

    /// <exception cref="BackboneException">FingerprintMismatch.</exception>
    public static void RequireFingerprint(string expected, string actual)
    {
        if (expected != actual)
        {
            throw new BackboneException(BackboneError.FingerprintMismatch, $"The model has fingerprint {actual}, not the expected one: it was swapped. Describe it again and retry.")
            {
                Metadata = new Dictionary<string, string> { ["fingerprint"] = actual, ["expectedFingerprint"] = expected },
            };
        }
    }

    /// <exception cref="BackboneException">ArgumentInvalid.</exception>
    public static void CheckId(string id, string field)
    {
        if (id.Length != IdLength || id.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            throw InputMapping.Invalid(field, $"A context id is {IdLength} lower-case hex digits.");
        }
    }

    /// <summary>A prompt leaves room for at least one token of a query.</summary>
    /// <exception cref="BackboneException">ArgumentInvalid or ContextTooLong.</exception>
    public static void CheckPromptLength(int tokens, int maxTokens, string field)
    {
        if (tokens < 1)
        {
            throw InputMapping.Invalid(field, "The prompt has no tokens.");
        }

        if (tokens >= maxTokens)
        {
            throw new BackboneException(BackboneError.ContextTooLong, $"The prompt has {tokens} tokens; the model takes at most {maxTokens} with the query. Show fewer or shorter demonstrations.")
            {
                Metadata = new Dictionary<string, string> { ["field"] = field, ["maxTokens"] = $"{maxTokens - 1}", ["actualTokens"] = $"{tokens}" },
            };
        }
    }

    private static DataType TypeOf(HostedModel model) => model.KeyValueElementSize switch
    {
        4 => DataType.Fp32,
        _ when model.KeyValuesAreBrainFloats => DataType.Bf16,
        _ => DataType.Fp16,
    };
}
