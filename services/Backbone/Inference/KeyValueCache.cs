using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Strata.Backbone.Inference;

/// <summary>Keys and values of each layer, [B, heads, P, d], outside managed memory. Read-only, so that runs may share it; dispose it after the last of them.</summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly OrtValue[] _keys;
    private readonly OrtValue[] _values;

    internal KeyValueCache(OrtValue[] keys, OrtValue[] values)
    {
        _keys = keys;
        _values = values;
        Shape = keys[0].GetTensorTypeAndShape().Shape;
    }

    /// <summary>Layers held, from the first on.</summary>
    public int LayerCount => _keys.Length;

    /// <summary>B.</summary>
    public int RowCount => (int)Shape[0];

    /// <summary>Key/value heads.</summary>
    public int KeyValueHeadCount => (int)Shape[1];

    /// <summary>P: positions held.</summary>
    public int PastLength => (int)Shape[2];

    /// <summary>d.</summary>
    public int HeadSize => (int)Shape[3];

    internal long[] Shape { get; }

    /// <summary>Copies float32 keys and values in.</summary>
    /// <param name="shape">[B, heads, P, d].</param>
    /// <param name="keys">Per layer, row-major.</param>
    /// <param name="values">Per layer, row-major.</param>
    /// <exception cref="ArgumentException">Counts or lengths do not fit the shape.</exception>
    public static KeyValueCache Create(IReadOnlyList<int> shape, IReadOnlyList<ReadOnlyMemory<float>> keys, IReadOnlyList<ReadOnlyMemory<float>> values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        if (shape.Count != 4 || shape.Any(d => d < 0) || keys.Count == 0 || keys.Count != values.Count)
        {
            throw new ArgumentException("A cache has four extents, and as many keys as values, at least one.", nameof(shape));
        }

        long[] extents = [.. shape.Select(d => (long)d)];
        var size = extents.Aggregate(1L, (product, d) => checked(product * d));
        if (keys.Concat(values).Any(t => t.Length != size))
        {
            throw new ArgumentException($"Each key and value of shape [{string.Join(", ", shape)}] has {size} elements.", nameof(keys));
        }

        return new KeyValueCache([.. keys.Select(k => Allocate(extents, k))], [.. values.Select(v => Allocate(extents, v))]);
    }

    /// <summary>The keys of layer <paramref name="layer"/> (1..<see cref="LayerCount"/>), [B, heads, P, d]; valid until disposal.</summary>
    public ReadOnlySpan<float> Key(int layer) => _keys[layer - 1].GetTensorDataAsSpan<float>();

    /// <summary>The values of layer <paramref name="layer"/> (1..<see cref="LayerCount"/>), [B, heads, P, d]; valid until disposal.</summary>
    public ReadOnlySpan<float> Value(int layer) => _values[layer - 1].GetTensorDataAsSpan<float>();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _keys.Concat(_values))
        {
            value.Dispose();
        }
    }

    internal OrtValue Tensor(int layer, bool isKey) => (isKey ? _keys : _values)[layer - 1];

    private static OrtValue Allocate(long[] shape, ReadOnlyMemory<float> data)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
        MemoryMarshal.AsBytes(data.Span).CopyTo(value.GetTensorMutableRawData());
        return value;
    }
}
