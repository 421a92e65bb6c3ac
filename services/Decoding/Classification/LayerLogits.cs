using System.Numerics.Tensors;

namespace Strata.Decoding.Classification;

/// <summary>The logits of one example at each exit layer, [K+1, C]: a buffer that frames are written into and a decision reads.
/// Reusable.</summary>
/// <remarks>Rows are float64, so that the decision adds no rounding to what the backbone sent. Not thread-safe.</remarks>
public sealed class LayerLogits
{
    private readonly int[] _layers;
    private readonly bool[] _filled;
    private readonly double[] _values; // [K+1, C]

    /// <param name="exitLayers">[K+1] layer numbers, strictly ascending, none negative; the last is the expert.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">No layers, not strictly ascending, or C is below 1.</exception>
    public LayerLogits(IReadOnlyList<int> exitLayers, int classCount)
    {
        ArgumentNullException.ThrowIfNull(exitLayers);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _layers = [.. exitLayers];
        if (_layers.Length == 0 || _layers[0] < 0 || _layers.Zip(_layers.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException("Exit layers must be strictly ascending and not negative.", nameof(exitLayers));
        }

        ClassCount = classCount;
        _filled = new bool[_layers.Length];
        _values = new double[_layers.Length * classCount];
    }

    /// <summary>C, the number of labels.</summary>
    public int ClassCount { get; }

    /// <summary>[K+1] layer numbers, ascending; the last is the expert.</summary>
    public ReadOnlySpan<int> ExitLayers => _layers;

    /// <summary>Whether every layer has been set since the last <see cref="Clear"/>.</summary>
    public bool IsComplete => !_filled.AsSpan().Contains(false);

    /// <summary>Whether the buffer has a row for a layer; frames of other layers are not for the decision.</summary>
    /// <param name="layer">Layer number.</param>
    public bool Contains(int layer) => _layers.AsSpan().Contains(layer);

    /// <summary>Takes over one layer's logits; a second call for the layer replaces the first.</summary>
    /// <param name="layer">One of <see cref="ExitLayers"/>.</param>
    /// <param name="logits">[C] logits, or log-probabilities: both decide alike.</param>
    /// <exception cref="ArgumentException">The layer has no row, or there are not C logits.</exception>
    public void Set(int layer, ReadOnlySpan<float> logits) =>
        TensorPrimitives.ConvertTruncating<float, double>(logits, Claim(layer, logits.Length));

    /// <inheritdoc cref="Set(int, ReadOnlySpan{float})"/>
    public void Set(int layer, ReadOnlySpan<double> logits) => logits.CopyTo(Claim(layer, logits.Length));

    /// <summary>Makes the buffer ready for the next example.</summary>
    public void Clear() => _filled.AsSpan().Clear();

    /// <summary>[C] logits of the layer at a row, as set.</summary>
    internal ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * ClassCount, ClassCount);

    private Span<double> Claim(int layer, int length)
    {
        var row = _layers.AsSpan().IndexOf(layer);
        if (row < 0)
        {
            throw new ArgumentException($"Layer {layer} is none of the exit layers.", nameof(layer));
        }

        if (length != ClassCount)
        {
            throw new ArgumentException($"Layer {layer} has {length} logits, but there are {ClassCount} labels.", "logits");
        }

        _filled[row] = true;
        return _values.AsSpan(row * ClassCount, ClassCount);
    }
}
