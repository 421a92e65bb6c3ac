using System.Collections.Frozen;
using Strata.Decoding.Service.Options;

namespace Strata.Decoding.Service.Backbone;

/// <summary>The backbones that are configured at one moment; never changed.</summary>
internal sealed class BackboneSet
{
    private readonly FrozenDictionary<string, BackboneConnection> _byName;

    /// <summary>Connects to what is configured, and keeps the connections of <paramref name="before"/> whose address and model stay.</summary>
    public BackboneSet(DecodingOptions options, BackboneSet? before)
    {
        _byName = options.Backbones.ToFrozenDictionary(
            configured => configured.Key,
            configured => before?.Find(configured.Key) is { } kept && kept.Address == configured.Value.Address && kept.ModelName == configured.Value.Model
                ? kept
                : new BackboneConnection(configured.Key, configured.Value),
            StringComparer.Ordinal);
        All = [.. _byName.Values.OrderBy(backbone => backbone.Name, StringComparer.Ordinal)];
        DefaultName = options.DefaultBackbone.Length == 0 && All.Count == 1 ? All[0].Name : options.DefaultBackbone;
    }

    /// <summary>All backbones, by name.</summary>
    public IReadOnlyList<BackboneConnection> All { get; }

    /// <summary>Name of the backbone that requests without a name get; empty for none.</summary>
    public string DefaultName { get; }

    public BackboneConnection? Find(string name) => _byName.GetValueOrDefault(name);
}
