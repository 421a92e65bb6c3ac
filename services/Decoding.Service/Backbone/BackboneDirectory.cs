using Grpc.Core;
using Strata.Decoding.Service.Options;
using Strata.Leases;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Backbone;

/// <summary>The configured backbones, by name. They may change while calls go on: each call finishes on the backbone that it began with.</summary>
internal sealed class BackboneDirectory(DecodingOptions options) : IDisposable
{
    private readonly Lock _changing = new();
    private BackboneSet _current = new(options, null);

    /// <summary>What is configured now.</summary>
    public BackboneSet Current => Volatile.Read(ref _current);

    /// <summary>Finds a backbone; an empty name means the default one.</summary>
    /// <exception cref="RichErrorException">BACKBONE_NOT_FOUND.</exception>
    public Lease<BackboneConnection> Lease(string name)
    {
        while (true)
        {
            var current = Current;
            var wanted = name.Length == 0 ? current.DefaultName : name;
            var backbone = current.Find(wanted) ?? throw NotFound(name, wanted, current);
            if (backbone.TryLease() is { } lease)
            {
                return lease;
            }

            // Retired after it was read: by now another set is current.
        }
    }

    /// <summary>Takes over other backbones; those that stay keep their connections, the others close after their last call.</summary>
    /// <param name="changed">Options that were checked.</param>
    /// <returns>Whether anything differs.</returns>
    public bool Change(DecodingOptions changed)
    {
        lock (_changing)
        {
            var before = _current;
            var after = new BackboneSet(changed, before);
            if (after.DefaultName == before.DefaultName && after.All.SequenceEqual(before.All))
            {
                return false;
            }

            Volatile.Write(ref _current, after);
            foreach (var retired in before.All.Except(after.All))
            {
                retired.Dispose();
            }

            return true;
        }
    }

    public void Dispose()
    {
        foreach (var backbone in Current.All)
        {
            backbone.Dispose();
        }
    }

    private static RichErrorException NotFound(string name, string wanted, BackboneSet current)
    {
        var known = string.Join(", ", current.All.Select(backbone => backbone.Name));
        return new RichErrorException(new RichError(
            StatusCode.NotFound,
            "BACKBONE_NOT_FOUND",
            name.Length == 0
                ? $"No default backbone is configured; name one of {known}."
                : $"No backbone \"{name}\" is configured; configured are {known}.")
        {
            Metadata = new Dictionary<string, string> { ["backbone"] = wanted },
        });
    }
}
