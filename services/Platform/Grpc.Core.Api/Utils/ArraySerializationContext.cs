using System.Buffers;

namespace Grpc.Core.Utils;

/// <summary>Collects one message in memory, for marshallers used outside a call.</summary>
internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> writer = new();
    private byte[]? payload;

    internal byte[] Payload => payload
        ?? throw new InvalidOperationException("The serializer did not call Complete.");

    public override void Complete(byte[] payload) => this.payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => writer;

    public override void SetPayloadLength(int payloadLength)
    {
        // Only a hint here: the writer grows by itself.
    }

    public override void Complete() => payload = writer.WrittenSpan.ToArray();
}
