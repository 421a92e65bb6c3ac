using Strata.Backbone.Models;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Leases;

namespace Strata.Backbone.Service.Models;

/// <summary>A call's hold on one generation of a model: a swap frees it only afterwards. Dispose it once.</summary>
internal sealed class ModelLease(ServedModel served, LeaseCount calls) : IDisposable
{
    private int _disposed;

    public ServedModel Served => served;

    public HostedModel Hosted => served.Hosted;

    /// <summary>The model's description, shared; never change it.</summary>
    public Model Wire => served.Wire;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            calls.Return();
        }
    }
}
