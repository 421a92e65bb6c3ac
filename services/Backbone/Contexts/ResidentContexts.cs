using Microsoft.ML.OnnxRuntime.Tensors;
using Strata.Leases;

namespace Strata.Backbone.Contexts;

/// <summary>The contexts in memory, bounded by bytes. The least recently used makes room; one that a call uses stays. Thread-safe.</summary>
/// <remarks>Memory is reserved before it is taken, so the bound also holds while contexts are made and received. An evicted context counts
/// until its last call ended.</remarks>
public sealed class ResidentContexts : IDisposable
{
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<ResidentContext>> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<ResidentContext> _byUse = new(); // least recently used first
    private long _bytes;

    /// <param name="maxBytes">Most memory of all contexts together, at least 0. Unit: bytes.</param>
    public ResidentContexts(long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        _maxBytes = maxBytes;
    }

    /// <summary>Memory taken and reserved now. Unit: bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>All contexts, by ascending id.</summary>
    public IReadOnlyList<ResidentContext> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byUse.OrderBy(context => context.Source.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Takes hold of a context and counts this as a use.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="fingerprint">Fingerprint of the model that will follow it.</param>
    /// <returns>The lease, or null if no context of that id and model is resident.</returns>
    public Lease<ResidentContext>? TryLease(string id, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var node) || node.Value.Source.Fingerprint != fingerprint || node.Value.TryLease() is not { } lease)
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddLast(node);
            return lease;
        }
    }

    /// <summary>Sets memory aside, evicting contexts that no call uses.</summary>
    /// <param name="layout">Extents of the key/values.</param>
    /// <exception cref="BackboneException">ContextMemoryFull: they do not fit, or calls use what would have to go.</exception>
    public ContextReservation Reserve(KeyValueLayout layout)
    {
        var wanted = layout.TotalBytes;
        lock (_gate)
        {
            // What has to go is chosen first: a reservation that is refused evicts nothing.
            List<ResidentContext> evicted = [];
            var room = wanted > Array.MaxLength ? long.MinValue : _maxBytes - _bytes - wanted;
            for (var node = _byUse.First; room < 0 && node is not null; node = node.Next)
            {
                if (node.Value.ActiveCalls == 0)
                {
                    evicted.Add(node.Value);
                    room += node.Value.Bytes;
                }
            }

            if (room < 0)
            {
                throw new BackboneException(
                    BackboneError.ContextMemoryFull,
                    $"The context needs {wanted} bytes; contexts may take {_maxBytes} together, and calls use {_bytes} now. Keep fewer tokens, wait, or raise Backbone:MaxContextBytes.")
                {
                    Metadata = new Dictionary<string, string> { ["neededBytes"] = $"{wanted}", ["maxBytes"] = $"{_maxBytes}" },
                };
            }

            evicted.ForEach(Drop);
            _bytes += wanted;
        }

        return new ContextReservation(this, layout);
    }

    /// <summary>Drops a context; calls that use it finish.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="fingerprint">Fingerprint of the model that it must belong to; null for any.</param>
    /// <returns>The memory that it gives back once no call uses it, or null if it is not resident. Unit: bytes.</returns>
    public long? Evict(string id, string? fingerprint = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var node) || (fingerprint ?? node.Value.Source.Fingerprint) != node.Value.Source.Fingerprint)
            {
                return null;
            }

            Drop(node.Value);
            return node.Value.Bytes;
        }
    }

    /// <summary>Drops every context of a model, for instance because it was swapped.</summary>
    /// <param name="fingerprint">Fingerprint of the model.</param>
    public void EvictModel(string fingerprint)
    {
        foreach (var context in All.Where(context => context.Source.Fingerprint == fingerprint))
        {
            Evict(context.Source.Id);
        }
    }

    /// <summary>Frees what no call uses; the rest is freed by the last lease.</summary>
    public void Dispose()
    {
        foreach (var context in All)
        {
            Evict(context.Source.Id);
        }
    }

    internal Lease<ResidentContext> Add(ContextSource source, KeyValueBlock block, TensorElementType elementType)
    {
        var context = new ResidentContext(source, block, elementType, freed => GiveBack(freed.Bytes));
        lock (_gate)
        {
            if (_byId.TryGetValue(source.Id, out var replaced))
            {
                Drop(replaced.Value);
            }

            _byId.Add(source.Id, _byUse.AddLast(context));
            return context.TryLease()!;
        }
    }

    internal void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _bytes -= bytes;
        }
    }

    /// <summary>Takes a context out of both lists and frees it, now or with its last lease; under the lock, so that no other reservation counts
    /// memory that is about to be free.</summary>
    private void Drop(ResidentContext context)
    {
        if (_byId.Remove(context.Source.Id, out var node))
        {
            _byUse.Remove(node);
        }

        context.Retire();
    }
}
