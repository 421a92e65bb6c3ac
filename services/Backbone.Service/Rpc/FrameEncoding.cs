using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Strata.Contracts.Tensor.V1;
using LibraryFrame = Strata.Backbone.Readout.LayerFrame;
using WireFrame = Strata.Contracts.Backbone.V1.LayerFrame;
using WireTensor = Strata.Contracts.Tensor.V1.Tensor;

namespace Strata.Backbone.Service.Rpc;

/// <summary>Layer frames on the wire: values as raw little-endian bytes, chunks of at most 1 MiB.</summary>
internal static class FrameEncoding
{
    /// <summary>Most bytes of data in one message. Unit: bytes.</summary>
    public const int MaxChunkBytes = 1024 * 1024;

    /// <summary>The messages of one layer, in order.</summary>
    public static IEnumerable<WireFrame> Encode(LibraryFrame frame, DataType dataType)
    {
        var bytes = Bytes(frame.Values, dataType);
        var chunkCount = Math.Max(1, (bytes.Length + MaxChunkBytes - 1) / MaxChunkBytes);
        for (var chunk = 0; chunk < chunkCount; chunk++)
        {
            var start = chunk * MaxChunkBytes;
            var part = bytes.Slice(start, Math.Min(MaxChunkBytes, bytes.Length - start));
            var wire = new WireFrame
            {
                Layer = frame.Layer,
                Values = new WireTensor { DataType = dataType, Data = UnsafeByteOperations.UnsafeWrap(part) },
                FinalNormApplied = frame.FinalNormApplied,
                ElapsedUs = (long)frame.Elapsed.TotalMicroseconds,
            };
            wire.Values.Shape.AddRange(frame.Shape);
            if (chunkCount > 1)
            {
                wire.ChunkIndex = chunk;
                wire.ChunkCount = chunkCount;
            }

            if (chunk == 0)
            {
                if (!frame.LogZ.IsEmpty)
                {
                    wire.LogZ = UnsafeByteOperations.UnsafeWrap(Bytes(frame.LogZ, DataType.Fp32));
                }

                wire.TokenIds.AddRange(MemoryMarshal.ToEnumerable(frame.TokenIds));
            }

            yield return wire;
        }
    }

    private static ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<float> values, DataType dataType)
    {
        switch (dataType)
        {
            case DataType.Fp16:
                var halves = new byte[values.Length * sizeof(ushort)];
                TensorPrimitives.ConvertToHalf(values.Span, MemoryMarshal.Cast<byte, Half>(halves.AsSpan()));
                return halves;
            case DataType.Bf16:
                return BrainFloats(values.Span);
            default:
                var singles = new byte[values.Length * sizeof(float)];
                MemoryMarshal.AsBytes(values.Span).CopyTo(singles);
                return singles;
        }
    }

    // Round to nearest, ties to even, on the upper half of the binary32.
    private static byte[] BrainFloats(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(ushort)];
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * sizeof(ushort)), (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
        }

        return bytes;
    }
}
