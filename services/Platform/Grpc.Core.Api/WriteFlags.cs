namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait for more before it is sent.</summary>
    BufferHint = 0x1,

    /// <summary>The message is sent uncompressed although the call compresses.</summary>
    NoCompress = 0x2,
}
