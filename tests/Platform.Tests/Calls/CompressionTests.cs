using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Compression;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class CompressionTests
{
    private const int PrefixBytes = 5; // compressed flag, then the length in four bytes
    private const string RequestEncodingHeader = "grpc-internal-encoding-request"; // how the official client takes the choice

    private static readonly Ping Compressible = new() { Payload = ByteString.CopyFrom(new byte[50_000]) };

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Encodings => ["gzip", "deflate"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Unary_CompressedBothWays_IsSmallOnTheWireAndEqual(string encoding)
    {
        using var wire = new WireRecorder();
        await using var server = await ProbeServer.StartAsync(
            options => options.ResponseCompressionAlgorithm = encoding,
            options => options.HttpHandler = wire);
        var headers = new Metadata { { RequestEncodingHeader, encoding } };

        var received = await server.Client.EchoAsync(Compressible, headers, cancellationToken: TestCancelled);

        Assert.Equal(Compressible, received);
        Assert.Equal(encoding, wire.ResponseEncoding);
        Assert.Equal(Compressible, Decompressed(wire.Request, encoding));
        Assert.Equal(Compressible, Decompressed(wire.Response, encoding));
        Assert.InRange(wire.Request.Length, PrefixBytes + 1, 1_000);
        Assert.InRange(wire.Response.Length, PrefixBytes + 1, 1_000);
    }

    [Fact]
    public async Task Unary_WithoutCompression_IsWholeOnTheWire()
    {
        using var wire = new WireRecorder();
        await using var server = await ProbeServer.StartAsync(configureChannel: options => options.HttpHandler = wire);

        await server.Client.EchoAsync(Compressible, cancellationToken: TestCancelled);

        Assert.Equal(0, wire.Request[0]);
        Assert.Equal(PrefixBytes + Compressible.CalculateSize(), wire.Request.Length);
        Assert.Equal(wire.Request, wire.Response);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Provider_CompressionStreamClosed_LeavesTheTargetOpen(string encoding)
    {
        ICompressionProvider provider = encoding == "gzip"
            ? new GzipCompressionProvider(CompressionLevel.Fastest)
            : new DeflateCompressionProvider(CompressionLevel.Fastest);
        using var target = new MemoryStream();

        using (var compressing = provider.CreateCompressionStream(target, null))
        {
            compressing.Write([1, 2, 3]);
        }

        target.Position = 0;
        using var decompressing = provider.CreateDecompressionStream(target);
        var read = new byte[3];
        decompressing.ReadExactly(read);
        Assert.Equal([1, 2, 3], read);
        Assert.Equal(encoding, provider.EncodingName);
    }

    private static Ping Decompressed(byte[] message, string encoding)
    {
        Assert.Equal(1, message[0]);
        var compressed = new MemoryStream(message, PrefixBytes, message.Length - PrefixBytes);
        using Stream stream = encoding == "gzip"
            ? new GZipStream(compressed, CompressionMode.Decompress)
            : new ZLibStream(compressed, CompressionMode.Decompress);
        return Ping.Parser.ParseFrom(stream);
    }
}
