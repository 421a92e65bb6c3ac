using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime.Tensors;
using Strata.Backbone.Graph;
using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Readout;

/// <summary>The columns of the final projection that belong to a set of label tokens: logit_i = normed hidden . w_i + b_i.</summary>
/// <param name="Weights">[n, H].</param>
/// <param name="Biases">[n].</param>
internal sealed record LabelColumns(float[] Weights, float[] Biases)
{
    /// <summary>Projects normed hidden states onto the labels.</summary>
    /// <param name="normed">[rows, H].</param>
    /// <param name="logits">[rows, n] receives the logits.</param>
    /// <param name="hiddenSize">H.</param>
    public void Project(ReadOnlySpan<float> normed, Span<float> logits, int hiddenSize)
    {
        var labels = Biases.Length;
        for (var row = 0; row < normed.Length / hiddenSize; row++)
        {
            var hidden = normed.Slice(row * hiddenSize, hiddenSize);
            for (var label = 0; label < labels; label++)
            {
                logits[(row * labels) + label] = TensorPrimitives.Dot(hidden, Weights.AsSpan(label * hiddenSize, hiddenSize)) + Biases[label];
            }
        }
    }

    /// <summary>Gathers the columns of <paramref name="tokenIds"/> from the stored weight, without loading the rest of it.</summary>
    public static LabelColumns Gather(FinalProjection projection, string weightFolder, IReadOnlyList<int> tokenIds)
    {
        var weight = projection.Weight!;
        var (rows, columns) = ((int)weight.Dims[0], (int)weight.Dims[1]);
        var hiddenSize = projection.RowsAreTokens ? columns : rows;
        var size = TensorSizes.BitsPerElement(weight.DataType) / 8;
        var raw = new byte[(long)tokenIds.Count * hiddenSize * size];
        using (var source = new WeightBytes(weight, weightFolder))
        {
            for (var label = 0; label < tokenIds.Count; label++)
            {
                var target = raw.AsSpan(label * hiddenSize * size, hiddenSize * size);
                if (projection.RowsAreTokens)
                {
                    source.Read((long)tokenIds[label] * columns * size, target);
                    continue;
                }

                for (var h = 0; h < hiddenSize; h++)
                {
                    source.Read((((long)h * columns) + tokenIds[label]) * size, target.Slice(h * size, size));
                }
            }
        }

        var biases = new float[tokenIds.Count];
        if (projection.Bias is { } bias)
        {
            var all = ReadAll(bias, weightFolder);
            for (var label = 0; label < biases.Length; label++)
            {
                biases[label] = all.Length == 1 ? all[0] : all[tokenIds[label]];
            }
        }

        return new LabelColumns(FloatTensor.Convert(raw, (TensorElementType)weight.DataType), biases);
    }

    private static float[] ReadAll(TensorProto tensor, string weightFolder)
    {
        using var source = new WeightBytes(tensor, weightFolder);
        var raw = new byte[tensor.Dims[0] * (TensorSizes.BitsPerElement(tensor.DataType) / 8)];
        source.Read(0, raw);
        return FloatTensor.Convert(raw, (TensorElementType)tensor.DataType);
    }
}
