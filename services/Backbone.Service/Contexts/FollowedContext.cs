using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Service.Models;
using Strata.Backbone.Service.Rpc;
using Strata.Contracts.Backbone.V1;
using Strata.Leases;

namespace Strata.Backbone.Service.Contexts;

/// <summary>The context that the rows of one call follow: held until the call ends, and the source of their position ids.</summary>
internal sealed class FollowedContext : IDisposable
{
    private readonly Lease<Backbone.Contexts.ResidentContext> _lease;
    private readonly int _start;

    private FollowedContext(Lease<Backbone.Contexts.ResidentContext> lease, int start) => (_lease, _start) = (lease, start);

    /// <summary>The key/values.</summary>
    public KeyValueCache Past => _lease.Value.Past;

    /// <summary>Takes hold of the context that a request names; null if it names none.</summary>
    /// <exception cref="BackboneException">ContextNotResident, ContextsUnsupported, ArgumentInvalid.</exception>
    public static FollowedContext? Of(StreamLayersRequest request, ServedModel model, ResidentContexts contexts)
    {
        if (request.ContextId.Length == 0)
        {
            return request.HasQueryPositionStart || request.PrecedingText.Length > 0
                ? throw InputMapping.Invalid(request.HasQueryPositionStart ? "query_position_start" : "preceding_text", "This field goes with a context_id.")
                : null;
        }

        model.Hosted.KeyValueLayoutOf(0); // refuses a model without past inputs
        var lease = contexts.TryLease(request.ContextId, model.Hosted.Description.Fingerprint)
            ?? throw NotResident(request.ContextId);
        try
        {
            return new FollowedContext(lease, Start(request, model, lease.Value));
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public static BackboneException NotResident(string id) => new(BackboneError.ContextNotResident, $"Context \"{id}\" is not in memory here; send it with LoadContext and call again.")
    {
        Metadata = new Dictionary<string, string> { ["contextId"] = id },
    };

    /// <summary>The rows as a batch behind the context, with explicit position ids.</summary>
    /// <exception cref="BackboneException">ContextTooLong: kept positions and the longest row, or a position id, exceed the model.</exception>
    public TokenBatch Batch(TokenRows rows, ServedModel model)
    {
        var batch = TokenBatch.FromRows(rows.Ids, model.Hosted.Description.PadTokenId, rows.TypeIds);
        var needed = Math.Max(_start, Past.PastLength) + batch.Length;
        if (needed > model.Wire.MaxTokens)
        {
            var longest = Enumerable.Range(0, rows.Ids.Count).First(row => rows.Ids[row].Count == batch.Length);
            throw new BackboneException(
                BackboneError.ContextTooLong,
                $"The context and the longest row need {needed} positions; {model.Wire.Name} takes at most {model.Wire.MaxTokens}. Shorten the text or the demonstrations.")
            {
                Metadata = new Dictionary<string, string> { ["field"] = $"rows[{longest}]", ["maxTokens"] = $"{model.Wire.MaxTokens}", ["actualTokens"] = $"{needed}" },
            };
        }

        if (!model.Hosted.Description.TakesPositionIds)
        {
            return batch;
        }

        var positions = new long[batch.RowCount * batch.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = _start + (i % batch.Length);
        }

        return batch.At(positions);
    }

    public void Dispose() => _lease.Dispose();

    private static int Start(StreamLayersRequest request, ServedModel model, Backbone.Contexts.ResidentContext context)
    {
        var start = request.HasQueryPositionStart ? request.QueryPositionStart : context.Source.PromptTokens;
        if (start < 0 || start >= model.Wire.MaxTokens)
        {
            throw InputMapping.Invalid("query_position_start", $"query_position_start is {start}; positions are 0..{model.Wire.MaxTokens - 1}.");
        }

        return model.Hosted.Description.TakesPositionIds || start == context.Source.KeptPositions.Count
            ? start
            : throw new BackboneException(
                BackboneError.ContextsUnsupported,
                $"{model.Wire.Name} numbers positions itself, on from the {context.Source.KeptPositions.Count} kept ones, so that a query cannot start at {start}. Export it with a position_ids input, or use compacted positions.");
    }
}
