using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Strata.Backbone.Inference;
using Strata.Leases;

namespace Strata.Backbone.Contexts;

/// <summary>A context in memory, ready to be followed. Runs read its memory in place; it is freed after the last lease.</summary>
public sealed class ResidentContext
{
    private readonly KeyValueBlock _block;
    private readonly Action<ResidentContext> _freed;
    private readonly LeaseCount _calls;

    internal ResidentContext(ContextSource source, KeyValueBlock block, TensorElementType elementType, Action<ResidentContext> freed)
    {
        (Source, _block, _freed) = (source, block, freed);
        _calls = new LeaseCount(Free);
        Past = new KeyValueCache(Views(block, elementType, isKey: true), Views(block, elementType, isKey: false));
    }

    /// <summary>What it was made from.</summary>
    public ContextSource Source { get; }

    /// <summary>Memory it takes. Unit: bytes.</summary>
    public long Bytes => _block.Length;

    /// <summary>The key/values as one row that any number of rows may follow.</summary>
    public KeyValueCache Past { get; }

    /// <summary>Calls that use it now.</summary>
    public int ActiveCalls => _calls.Leases;

    /// <summary>Keeps it until the lease is disposed; null if it was retired.</summary>
    internal Lease<ResidentContext>? TryLease() => _calls.TryLease(this);

    /// <summary>No more leases; frees the memory now or with the last lease.</summary>
    internal void Retire() => _calls.Retire();

    private void Free()
    {
        Past.Dispose();
        ((IDisposable)_block).Dispose();
        _freed(this);
    }

    private static OrtValue[] Views(KeyValueBlock block, TensorElementType type, bool isKey)
    {
        var layout = block.Layout;
        long[] shape = [1, layout.KeyValueHeadCount, layout.KeptTokens, layout.HeadSize];
        return [.. Enumerable.Range(1, layout.LayerCount).Select(layer =>
            OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, block.Address(layer, isKey), layout.TensorBytes))];
    }
}
