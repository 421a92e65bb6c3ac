using System.IO.Compression;
using Grpc.Net.Compression;

namespace Strata.Interop.Tests.Host;

/// <summary>gzip as the stack does it, and whether it was used: a handler and a caller do not see the flag of a message. One call at a time.</summary>
internal sealed class CountedGzip : ICompressionProvider
{
    private readonly GzipCompressionProvider _gzip = new(CompressionLevel.Fastest);
    private int _decompressed;

    public string EncodingName => _gzip.EncodingName;

    /// <summary>Whether a message was decompressed since the last time that this was asked.</summary>
    public bool TakeDecompressed() => Interlocked.Exchange(ref _decompressed, 0) > 0;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => _gzip.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream)
    {
        Interlocked.Increment(ref _decompressed);
        return _gzip.CreateDecompressionStream(stream);
    }
}
