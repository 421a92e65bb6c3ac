using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>Element sizes and checked element counts of ONNX tensors.</summary>
internal static class TensorSizes
{
    /// <summary>ONNX data types that the code names.</summary>
    public const int Float32 = 1, Int64 = 7, Float16 = 10, BFloat16 = 16;

    private const int MaxRank = 16;

    /// <summary>Bits per element; 0 for strings and unknown types.</summary>
    public static int BitsPerElement(int dataType) => dataType switch
    {
        2 or 3 or 9 or 17 or 18 or 19 or 20 or 24 => 8,
        4 or 5 or Float16 or BFloat16 => 16,
        Float32 or 6 or 12 => 32,
        Int64 or 11 or 13 or 14 => 64,
        15 => 128,
        21 or 22 or 23 => 4,
        _ => 0,
    };

    /// <summary>Checks rank, dimensions and data of a tensor against each other.</summary>
    /// <returns>Bytes the elements take.</returns>
    /// <exception cref="BackboneException">ModelInvalid: absurd shape, or not as many bytes as the shape says.</exception>
    public static long CheckedBytes(TensorProto tensor, long? rawBytes, string where)
    {
        if (tensor.Dims.Count > MaxRank)
        {
            throw Invalid(where, $"has {tensor.Dims.Count} dimensions, more than {MaxRank}");
        }

        var bits = BitsPerElement(tensor.DataType);
        if (bits == 0)
        {
            throw Invalid(where, $"has element type {tensor.DataType}, which no weight of a transformer has");
        }

        long elements = 1;
        foreach (var dim in tensor.Dims)
        {
            if (dim < 0 || (dim > 0 && elements > (1L << 48) / dim))
            {
                throw Invalid(where, $"has an absurd shape [{string.Join(", ", tensor.Dims)}]");
            }

            elements *= dim;
        }

        var bytes = bits >= 8 ? elements * (bits / 8) : (elements + 1) / 2;
        return rawBytes is null || rawBytes == bytes
            ? bytes
            : throw Invalid(where, $"of shape [{string.Join(", ", tensor.Dims)}] needs {bytes} bytes but has {rawBytes}");
    }

    /// <summary>As <see cref="CheckedBytes"/>, for a tensor whose elements lie in the message itself.</summary>
    public static void CheckInline(TensorProto tensor, string where)
    {
        if (tensor.HasRawData)
        {
            CheckedBytes(tensor, tensor.RawData.Length, where);
            return;
        }

        var bytes = CheckedBytes(tensor, null, where);
        var elements = bytes * 8 / BitsPerElement(tensor.DataType);
        long present = tensor.DataType switch
        {
            Float32 => tensor.FloatData.Count,
            14 => tensor.FloatData.Count / 2,
            Int64 => tensor.Int64Data.Count,
            11 => tensor.DoubleData.Count,
            15 => tensor.DoubleData.Count / 2,
            12 or 13 => tensor.Uint64Data.Count,
            // Four-bit elements are packed two, and not rounded alike by every writer.
            21 or 22 or 23 => tensor.Int32Data.Count == (elements + 1) / 2 || tensor.Int32Data.Count == (elements + 7) / 8 ? elements : tensor.Int32Data.Count,
            _ => tensor.Int32Data.Count,
        };
        if (present != elements)
        {
            throw Invalid(where, $"of shape [{string.Join(", ", tensor.Dims)}] needs {elements} elements but has {present}");
        }
    }

    private static BackboneException Invalid(string where, string what) => new(BackboneError.ModelInvalid, $"{where} {what}.");
}
