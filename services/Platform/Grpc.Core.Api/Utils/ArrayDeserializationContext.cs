namespace Grpc.Core.Utils;

/// <summary>Offers one message from memory, for marshallers used outside a call.</summary>
internal sealed class ArrayDeserializationContext(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => (byte[])payload.Clone();
}
