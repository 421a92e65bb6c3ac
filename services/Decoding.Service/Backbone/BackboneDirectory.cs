using Grpc.Core;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Backbone;

/// <summary>The configured backbones, by name.</summary>
internal sealed class BackboneDirectory : IDisposable
{
    private readonly SortedDictionary<string, BackboneConnection> _backbones = new(StringComparer.Ordinal);
    private readonly string _defaultName;

    public BackboneDirectory(DecodingOptions options)
    {
        foreach (var (name, endpoint) in options.Backbones)
        {
            _backbones.Add(name, new BackboneConnection(name, endpoint));
        }

        _defaultName = options.DefaultBackbone.Length == 0 && _backbones.Count == 1 ? _backbones.Keys.First() : options.DefaultBackbone;
    }

    public IReadOnlyCollection<BackboneConnection> Backbones => _backbones.Values;

    public bool IsDefault(BackboneConnection backbone) => backbone.Name == _defaultName;

    /// <summary>Finds a backbone; an empty name means the default one.</summary>
    public BackboneConnection Get(string name)
    {
        var wanted = name.Length == 0 ? _defaultName : name;
        return _backbones.TryGetValue(wanted, out var backbone)
            ? backbone
            : throw new RichErrorException(new RichError(
                StatusCode.NotFound,
                "BACKBONE_NOT_FOUND",
                name.Length == 0
                    ? $"No default backbone is configured; name one of {Known()}."
                    : $"No backbone \"{name}\" is configured; configured are {Known()}.")
            {
                Metadata = new Dictionary<string, string> { ["backbone"] = wanted },
            });
    }

    public void Dispose()
    {
        foreach (var backbone in _backbones.Values)
        {
            backbone.Dispose();
        }
    }

    private string Known() => string.Join(", ", _backbones.Keys);
}
