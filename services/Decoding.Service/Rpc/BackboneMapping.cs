using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Backbone;
using Strata.ServiceDefaults.Errors;
using WireBackbone = Strata.Contracts.Decoding.V1.Backbone;

namespace Strata.Decoding.Service.Rpc;

/// <summary>Configured backbones on the wire.</summary>
internal static class BackboneMapping
{
    /// <summary>Asks the Backbone what it hosts now; one that does not answer is listed as unreachable.</summary>
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
            var model = await backbone.RefreshAsync(call);
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
}
