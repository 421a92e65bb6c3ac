using Grpc.Core;
using Strata.Backbone.Contexts;
using Strata.Backbone.Service.Models;
using Strata.Backbone.Service.Rpc;
using Strata.Contracts.Backbone.V1;

namespace Strata.Backbone.Service.Contexts;

/// <summary>Receives stored key/values and makes them resident.</summary>
internal sealed class ContextLoader(ModelRegistry models, ResidentContexts contexts)
{
    public async Task<LoadContextResponse> LoadAsync(IAsyncStreamReader<LoadContextRequest> requests, CancellationToken cancellation)
    {
        if (!await requests.MoveNext(cancellation) || requests.Current.Header is not { } header)
        {
            throw InputMapping.Invalid("header", "An upload begins with the header.");
        }

        using var lease = models.Lease(requests.Current.Model);
        var model = lease.Value;
        var (source, layout) = KeyValueHeaders.Read(header, model);
        if (contexts.TryLease(source.Id, source.Fingerprint) is { } resident)
        {
            using (resident)
            {
                // The caller is still sending; it need not notice.
                while (await requests.MoveNext(cancellation))
                {
                }

                return new LoadContextResponse { Context = ResidentMapping.ToWire(resident.Value) };
            }
        }

        using var reservation = contexts.Reserve(layout);
        var received = 0;
        while (await requests.MoveNext(cancellation))
        {
            received = KeyValueChunks.Put(
                requests.Current.Chunk ?? throw InputMapping.Invalid("chunk", "After the header come chunks."), reservation.Block, received);
        }

        if (received != layout.TotalBytes)
        {
            throw KeyValueChunks.Corrupt($"The upload ended after {received} of {layout.TotalBytes} bytes.", received);
        }

        using var kept = reservation.Keep(source, model.Hosted);
        return new LoadContextResponse { Context = ResidentMapping.ToWire(kept.Value) };
    }
}
