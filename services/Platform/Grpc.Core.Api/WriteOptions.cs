namespace Grpc.Core;

/// <summary>Options of writes to a stream.</summary>
/// <param name="flags">How messages are written.</param>
public class WriteOptions(WriteFlags flags = default)
{
    /// <summary>Options without flags.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>How messages are written.</summary>
    public WriteFlags Flags { get; } = flags;
}
