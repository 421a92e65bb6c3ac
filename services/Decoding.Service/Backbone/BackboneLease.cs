using Strata.ServiceDefaults.Leases;

namespace Strata.Decoding.Service.Backbone;

/// <summary>A call's hold on a backbone's channel: a change of configuration closes it only afterwards. Dispose it once.</summary>
internal sealed class BackboneLease(BackboneConnection backbone, LeaseCount calls) : IDisposable
{
    public BackboneConnection Backbone => backbone;

    public void Dispose() => calls.Return();
}
