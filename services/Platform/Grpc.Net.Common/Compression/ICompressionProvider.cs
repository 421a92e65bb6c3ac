using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Name of the encoding on the wire (<c>grpc-encoding</c>).</summary>
    string EncodingName { get; }

    /// <summary>Stream that compresses what is written to it; it leaves the given stream open.</summary>
    /// <param name="stream">Receives the compressed bytes.</param>
    /// <param name="compressionLevel">Level; null uses the provider's own.</param>
    /// <returns>The compressing stream.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Stream that decompresses what is read from it.</summary>
    /// <param name="stream">Has the compressed bytes.</param>
    /// <returns>The decompressing stream.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
