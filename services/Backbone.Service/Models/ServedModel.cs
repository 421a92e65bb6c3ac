using Strata.Backbone.Models;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Rpc;
using Strata.Contracts.Backbone.V1;
using Strata.Leases;

namespace Strata.Backbone.Service.Models;

/// <summary>One generation of a hosted model with its description on the wire, made once: every stream's header carries it. Calls
/// lease it; once retired, it is freed when the last lease ends.</summary>
/// <param name="hosted">The model; freed with this.</param>
/// <param name="options">Limits of the host, for the description.</param>
/// <param name="generation">Counts the models that the name has had, from 1.</param>
internal sealed class ServedModel(HostedModel hosted, BackboneOptions options, long generation) : IDisposable
{
    private readonly LeaseCount _calls = new(hosted.Dispose);

    public HostedModel Hosted { get; } = hosted;

    /// <summary>Shared by all responses; never changed.</summary>
    public Model Wire { get; } = ModelMapping.ToWire(hosted, options, generation);

    public string Name => Hosted.Description.Name;

    /// <summary>Calls that use it now.</summary>
    public int Leases => _calls.Leases;

    /// <summary>Ends when the model was retired and freed.</summary>
    public Task Freed => _calls.Freed;

    /// <summary>Keeps the model until the lease is disposed; null if it was retired.</summary>
    public Lease<ServedModel>? TryLease() => _calls.TryLease(this);

    /// <summary>No more leases; frees the model now or with the last lease.</summary>
    public void Dispose() => _calls.Retire();
}
