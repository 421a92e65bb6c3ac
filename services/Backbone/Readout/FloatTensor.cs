using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Strata.Backbone.Readout;

/// <summary>Float views of tensors that may be stored in half precision.</summary>
internal static class FloatTensor
{
    /// <summary>The elements as float32: in place where they are, else converted.</summary>
    public static ReadOnlySpan<float> Read(OrtValue tensor)
    {
        var type = tensor.GetTensorTypeAndShape().ElementDataType;
        return type == TensorElementType.Float ? tensor.GetTensorDataAsSpan<float>() : Convert(tensor.GetTensorMutableRawData(), type);
    }

    /// <summary>Raw elements of an ONNX element type as float32.</summary>
    public static float[] Convert(ReadOnlySpan<byte> raw, TensorElementType type)
    {
        switch (type)
        {
            case TensorElementType.Float:
                return MemoryMarshal.Cast<byte, float>(raw).ToArray();
            case TensorElementType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(raw);
                var converted = new float[halves.Length];
                TensorPrimitives.ConvertToSingle(halves, converted);
                return converted;
            case TensorElementType.BFloat16:
                var upper = MemoryMarshal.Cast<byte, ushort>(raw);
                var widened = new float[upper.Length];
                for (var i = 0; i < widened.Length; i++)
                {
                    // bfloat16 is the upper half of a float32.
                    widened[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                return widened;
            default:
                throw new BackboneException(BackboneError.ModelUnsupported, $"The model computes in {type}. Export it in float32, float16 or bfloat16.");
        }
    }
}
