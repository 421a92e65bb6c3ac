using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Backbone;
using Strata.ServiceDefaults.Errors;
using WireBackbone = Strata.Contracts.Decoding.V1.Backbone;

namespace Strata.Decoding.Service.Rpc;

/// <summary>Configured backbones on the wire.</summary>
internal static class BackboneMapping
{
    // A Backbone that hangs must not take the others' answers with it.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the Backbone what it hosts now; one that does not answer while most of the caller's time is left is listed as unreachable.</summary>
    public static async Task<WireBackbone> DescribeAsync(BackboneConnection backbone, bool isDefault, CallOptions call)
    {
        var wire = new WireBackbone { Name = backbone.Name, IsDefault = isDefault };
        using var lease = backbone.TryLease();
        if (lease is null)
        {
            return wire; // Taken out of the configuration just now.
        }

        try
        {
            var model = await backbone.RefreshAsync(Within(call));
            wire.Reachable = true;
            wire.Model = new ModelIdentity
            {
                Backbone = backbone.Name,
                Model = model.Name,
                Fingerprint = model.Fingerprint,
                LayerCount = model.LayerCount,
            };
            wire.Labels.AddRange(model.Labels);
        }
        catch (RichErrorException)
        {
            wire.Reachable = false;
        }

        return wire;
    }

    private static CallOptions Within(CallOptions call)
    {
        var now = DateTime.UtcNow;
        var most = ((call.Deadline ?? DateTime.MaxValue) - now) * 0.75;
        return call.WithDeadline(now + (most < _patience ? most : _patience));
    }
}
