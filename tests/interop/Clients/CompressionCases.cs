using Grpc.Core;
using Grpc.Testing;
using Strata.Interop.Tests.Host;
using static Strata.Interop.Tests.Clients.TestPayloads;

namespace Strata.Interop.Tests.Clients;

/// <summary>Messages that are compressed, and others of the same call that are not.</summary>
/// <param name="client">A client on a channel that decompresses with <paramref name="gzip"/>.</param>
/// <param name="gzip">Tells whether a message came compressed.</param>
internal sealed class CompressionCases(TestService.TestServiceClient client, CountedGzip gzip)
{
    private const string RequestEncoding = "grpc-internal-encoding-request"; // how the official client takes the choice
    private static readonly BoolValue _yes = new() { Value = true };
    private static readonly BoolValue _no = new() { Value = false };

    public async Task ClientCompressedUnaryAsync()
    {
        await AssertFailsAsync(StatusCode.InvalidArgument, () => UnaryAsync(_yes, compress: false));
        await UnaryAsync(_yes, compress: true);
        await UnaryAsync(_no, compress: false);
    }

    public async Task ClientCompressedStreamingAsync()
    {
        using var probe = client.StreamingInputCall(Options());
        await probe.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = _yes, Payload = Zeros(Requests[0]) });
        await probe.RequestStream.CompleteAsync();
        await AssertFailsAsync(StatusCode.InvalidArgument, () => probe.ResponseAsync);

        using var call = client.StreamingInputCall(Options(Gzip()));
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = _yes, Payload = Zeros(Requests[0]) });
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(new StreamingInputCallRequest { ExpectCompressed = _no, Payload = Zeros(Requests[3]) });
        await call.RequestStream.CompleteAsync();
        Assert.Equal(Requests[0] + Requests[3], (await call).AggregatedPayloadSize);
    }

    public async Task ServerCompressedUnaryAsync()
    {
        foreach (var compressed in (BoolValue[])[_yes, _no])
        {
            var request = Large();
            request.ResponseCompressed = compressed;
            var response = await client.UnaryCallAsync(request, Options());
            Assert.Equal(compressed.Value, gzip.TakeDecompressed());
            Assert.Equal(Zeros(LargeResponse), response.Payload);
        }
    }

    public async Task ServerCompressedStreamingAsync()
    {
        ResponseParameters[] asked = [new() { Compressed = _yes, Size = 31415 }, new() { Compressed = _no, Size = 92653 }];
        using var call = client.StreamingOutputCall(new StreamingOutputCallRequest { ResponseParameters = { asked } }, Options());
        foreach (var parameters in asked)
        {
            await call.ResponseStream.AssertNextAsync(parameters.Size);
            Assert.Equal(parameters.Compressed.Value, gzip.TakeDecompressed());
        }

        await call.ResponseStream.AssertEndAsync();
    }

    private async Task UnaryAsync(BoolValue expected, bool compress)
    {
        var request = Large();
        request.ExpectCompressed = expected;
        var response = await client.UnaryCallAsync(request, Options(compress ? Gzip() : null));
        Assert.Equal(Zeros(LargeResponse), response.Payload);
    }

    private static Metadata Gzip() => new() { { RequestEncoding, "gzip" } };
}
