using Grpc.Core;
using Strata.Backbone.Admission;
using Strata.Backbone.Contexts;
using Strata.Backbone.Service.Models;
using Strata.Contracts.Backbone.V1;

namespace Strata.Backbone.Service.Contexts;

/// <summary>Reads a prompt once and streams the key/values of its kept positions, layer by layer as they are made.</summary>
internal sealed class ContextCompiler(ModelRegistry models, ResidentContexts contexts, ComputePermits permits)
{
    public async Task CompileAsync(CompileContextRequest request, IServerStreamWriter<CompileContextResponse> responses, CancellationToken cancellation)
    {
        using var lease = models.Lease(request.Model);
        var model = lease.Value;
        var description = model.Hosted.Description;
        if (request.ExpectedFingerprint.Length > 0)
        {
            KeyValueHeaders.RequireFingerprint(request.ExpectedFingerprint, description.Fingerprint);
        }

        if (request.ContextId.Length > 0)
        {
            KeyValueHeaders.CheckId(request.ContextId, "context_id");
        }

        KeyValueHeaders.CheckPromptLength(request.TokenIds.Count, model.Wire.MaxTokens, "token_ids");
        int[] kept = request.KeptPositions.Count > 0 ? [.. request.KeptPositions] : [.. Enumerable.Range(0, request.TokenIds.Count)];
        KeptPositions.Check(kept, request.TokenIds.Count, "kept_positions");
        var layout = model.Hosted.KeyValueLayoutOf(kept.Length);
        var source = new ContextSource(request.ContextId, description.Name, description.Fingerprint, kept, request.TokenIds.Count);

        // In this order: a call that waits must not hold memory.
        using var permit = await permits.EnterAsync(cancellation);
        using var reservation = contexts.Reserve(layout);
        var block = reservation.Block;
        using var layers = model.Hosted.Prefill(request.TokenIds, kept, block, cancellation).GetEnumerator();
        await WriteAsync(new CompileContextResponse { Header = KeyValueHeaders.Write(source, model.Hosted, layout) });
        while (await MoveNextAsync())
        {
            var start = (int)layout.Offset(layers.Current, isKey: true);
            foreach (var chunk in KeyValueChunks.Of(block, start, start + (int)(2 * layout.TensorBytes)))
            {
                await WriteAsync(new CompileContextResponse { Chunk = chunk });
            }
        }

        if (source.Id.Length > 0)
        {
            reservation.Keep(source, model.Hosted).Dispose();
        }

        async ValueTask<bool> MoveNextAsync()
        {
            await permit.ResumeAsync(cancellation);
            return layers.MoveNext();
        }

        Task WriteAsync(CompileContextResponse message) => permit.PauseDuring(responses.WriteAsync(message, cancellation));
    }
}
