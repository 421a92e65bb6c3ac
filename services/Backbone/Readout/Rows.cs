using Microsoft.ML.OnnxRuntime;

namespace Strata.Backbone.Readout;

/// <summary>The rows of a [B, T, width] tensor that are read out: all, or one position of each batch row.</summary>
internal readonly ref struct Rows
{
    private Rows(ReadOnlySpan<float> values, int batch, int width)
    {
        Values = values;
        Batch = batch;
        Width = width;
    }

    /// <summary>[rows, width].</summary>
    public ReadOnlySpan<float> Values { get; }

    public int Batch { get; }

    public int Width { get; }

    public int Count => Values.Length / Width;

    /// <param name="tensor">[B, T, width].</param>
    /// <param name="positions">One position for each batch row; null for all.</param>
    public static Rows Of(OrtValue tensor, int[]? positions)
    {
        var extents = tensor.GetTensorTypeAndShape().Shape;
        var (batch, length, width) = ((int)extents[0], (int)extents[1], (int)extents[2]);
        var values = FloatTensor.Read(tensor);
        if (positions is null)
        {
            return new Rows(values, batch, width);
        }

        var gathered = new float[batch * width];
        for (var row = 0; row < batch; row++)
        {
            values.Slice(((row * length) + positions[row]) * width, width).CopyTo(gathered.AsSpan(row * width));
        }

        return new Rows(gathered, batch, width);
    }

    /// <summary>[B, width] or [B, T, width].</summary>
    public long[] Shape(int width, bool oneRowEach) => oneRowEach ? [Batch, width] : [Batch, Count / Batch, width];

    public Head.Answer ToAnswer(bool oneRowEach) => new(Values.ToArray(), Shape(Width, oneRowEach));
}
