using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using Strata.Interop.Tests.Clients;
using Strata.Interop.Tests.Host;

namespace Strata.Interop.Tests;

/// <summary>A caller whose machine or process goes away in the middle of its calls is no error of the host's.</summary>
public sealed class LostConnectionTests
{
    private const int Connections = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Host_ManyConnectionsLost_LoggedNoError(bool reset)
    {
        await using var host = await InteropHost.StartAsync();
        for (var i = 0; i < Connections; i++)
        {
            await LoseAsync(host.Authority, reset);
        }

        await host.StopAsync();
        Assert.True(host.Errors.Count == 0, string.Join('\n', host.Errors));
    }

    private static async Task LoseAsync(string authority, bool reset)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(authority), cancellation);
        using var channel = GrpcChannel.ForAddress($"http://{authority}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(socket)) },
        });
        var client = new TestService.TestServiceClient(channel);
        using var large = client.UnaryCallAsync(new SimpleRequest { ResponseSize = 1, Payload = TestPayloads.Zeros(3_000_000) }, cancellationToken: cancellation);
        using var duplex = client.FullDuplexCall(cancellationToken: cancellation);
        await duplex.RequestStream.WriteAsync(TestPayloads.Ping(1, 1), cancellation);
        Assert.True(await duplex.ResponseStream.MoveNext(cancellation));
        using var upload = client.StreamingInputCall(cancellationToken: cancellation);
        await upload.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = TestPayloads.Zeros(100_000) }, cancellation);
        using var answering = client.StreamingOutputCall(Outputs(), cancellationToken: cancellation);
        if (reset)
        {
            socket.LingerState = new LingerOption(true, 0);
        }

        socket.Close();
        await Assert.ThrowsAsync<RpcException>(() => upload.ResponseAsync);
    }

    private static StreamingOutputCallRequest Outputs()
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(Enumerable.Range(0, 100).Select(_ => new ResponseParameters { Size = 50_000 }));
        return request;
    }
}
