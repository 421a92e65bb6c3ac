using Strata.Leases;

namespace Strata.Backbone.Contexts;

/// <summary>Memory set aside for a context that is being made or received. Dispose it: what was not kept is given back.</summary>
public sealed class ContextReservation : IDisposable
{
    private readonly ResidentContexts _owner;
    private readonly KeyValueLayout _layout;
    private KeyValueBlock? _block;
    private bool _ended;

    internal ContextReservation(ResidentContexts owner, KeyValueLayout layout) => (_owner, _layout) = (owner, layout);

    /// <summary>The memory, taken at the first use.</summary>
    public KeyValueBlock Block
    {
        get
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            return _block ??= new KeyValueBlock(_layout);
        }
    }

    /// <summary>Makes the context resident; the reservation has ended then, and the block belongs to the context.</summary>
    /// <param name="source">What the key/values were made from.</param>
    /// <param name="model">The model that they belong to.</param>
    /// <returns>A hold on the context. It takes the place of one of the same id.</returns>
    public Lease<ResidentContext> Keep(ContextSource source, Models.HostedModel model)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(model);
        var lease = _owner.Add(source, Block, model.KeyValueType);
        _ended = true;
        return lease;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            ((IDisposable?)_block)?.Dispose();
            _owner.GiveBack(_layout.TotalBytes);
        }
    }
}
