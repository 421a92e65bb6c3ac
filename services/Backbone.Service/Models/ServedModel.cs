using Strata.Backbone.Models;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Rpc;
using Strata.Contracts.Backbone.V1;

namespace Strata.Backbone.Service.Models;

/// <summary>A hosted model with its description on the wire, made once: every stream's header carries it.</summary>
internal sealed class ServedModel(HostedModel hosted, BackboneOptions options) : IDisposable
{
    public HostedModel Hosted { get; } = hosted;

    /// <summary>Shared by all responses; never changed.</summary>
    public Model Wire { get; } = ModelMapping.ToWire(hosted, options);

    public string Name => Hosted.Description.Name;

    public void Dispose() => Hosted.Dispose();
}
