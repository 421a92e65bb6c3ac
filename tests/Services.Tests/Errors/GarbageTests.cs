using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Errors;

/// <summary>Bytes that are no gRPC at all: the connection may die, the service may not.</summary>
[Collection(PairCollection.Name)]
public sealed class GarbageTests(PairFixture pair)
{
    // What gRPC itself answers to a message that is no protobuf; docs/errors.md says so.
    private const StatusCode MalformedMessage = StatusCode.Unknown;

    private static readonly byte[] _preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Connection_RandomBytes_LeavesBothServicesAnswering(int seed)
    {
        var random = new Random(seed);
        var noise = new byte[random.Next(1, 20_000)];
        random.NextBytes(noise);
        byte[] bytes = seed % 2 == 0 ? noise : [.. _preface, .. noise];
        foreach (var address in new[] { pair.DecodingAddress, pair.BackboneAddress })
        {
            await SendAsync(new Uri(address), bytes);
        }

        var decoded = await pair.Decoding.DecodeAsync(new DecodeRequest { Text = "still there?" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEmpty(decoded.Result.Label);
    }

    [Fact]
    public async Task Message_FlippedBits_EndsWithAStatusAndTheServiceGoesOn()
    {
        await using var backbone = await RunningBackbone.StartAsync([("emotion", Repository.EmotionModel)]);
        await using var decoding = await RunningDecoding.StartAsync([("emotion", backbone.Address, "emotion")]);
        using var http = new HttpClient();
        var random = new Random(1);
        var statuses = new HashSet<StatusCode>();
        for (var flips = 1; flips <= 200; flips++)
        {
            var payload = new DecodeRequest { Text = "a text", Parameters = new DecodeParameters { TargetLayersBeyond = 2 } }.ToByteArray();
            for (var flip = 0; flip < 1 + (flips / 20); flip++)
            {
                payload[random.Next(payload.Length)] ^= (byte)(1 << random.Next(8));
            }

            statuses.Add(await PostAsync(http, decoding.Address, payload));
        }

        Assert.Contains(StatusCode.OK, statuses);
        Assert.Contains(StatusCode.InvalidArgument, statuses);
        Assert.Contains(MalformedMessage, statuses);
        Assert.All(decoding.Log.Errors, line => Assert.Contains("InvalidProtocolBufferException", line, StringComparison.Ordinal));
        Assert.Empty(backbone.Log.Errors);
        var decoded = await decoding.Client.DecodeAsync(new DecodeRequest { Text = "still there?" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEmpty(decoded.Result.Label);
    }

    [Theory]
    [InlineData("DecodeStream")]
    [InlineData("ImportContext")]
    public async Task Stream_MalformedMessage_EndsWithTheStatusOfAMalformedUnaryCall(string name)
    {
        var bytes = Marshallers.Create(message => message, message => message);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, DecodingService.Descriptor.FullName, name, bytes, bytes);
        using var channel = GrpcChannel.ForAddress(pair.DecodingAddress);
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken));
        await call.RequestStream.WriteAsync([0xff, 0xff, 0xff], TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(MalformedMessage, failure.StatusCode);
    }

    private static async Task<StatusCode> PostAsync(HttpClient http, string address, byte[] message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "/strata.decoding.v1.DecodingService/Decode")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message]) { Headers = { { "Content-Type", "application/grpc" } } },
        };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var status = response.Headers.TryGetValues("grpc-status", out var early) ? early : response.TrailingHeaders.GetValues("grpc-status");
        return (StatusCode)int.Parse(status.Single(), null);
    }

    private static async Task SendAsync(Uri address, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[1024], TestContext.Current.CancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The server has hung up already: its right.
        }
    }
}
