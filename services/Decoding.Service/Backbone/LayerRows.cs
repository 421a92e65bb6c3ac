using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Strata.Decoding.Service.Backbone;

/// <summary>The readout of one exit layer: rows of FP32 values, read in place from the message.</summary>
/// <param name="Layer">Layer number, 0..L.</param>
/// <param name="Data">Little-endian values, [B, width].</param>
/// <param name="Width">Values of one row.</param>
internal readonly record struct LayerRows(int Layer, ByteString Data, int Width)
{
    /// <summary>Values of one row.</summary>
    public ReadOnlySpan<float> Row(int index) => MemoryMarshal.Cast<byte, float>(Data.Span).Slice(index * Width, Width);
}
