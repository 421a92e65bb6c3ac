using Google.Protobuf;
using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class MessageSizeTests
{
    private const int Limit = 1_000;

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_AboveTheServersLimit_IsResourceExhausted()
    {
        await using var server = await ProbeServer.StartAsync(configureServer: options => options.MaxReceiveMessageSize = Limit);

        Assert.Equal(StatusCode.OK, await StatusOfEchoAsync(server, Limit / 2));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfEchoAsync(server, Limit + 1));
    }

    [Fact]
    public async Task Response_AboveTheClientsLimit_IsResourceExhausted()
    {
        await using var server = await ProbeServer.StartAsync(configureChannel: options => options.MaxReceiveMessageSize = Limit);

        Assert.Equal(StatusCode.OK, await StatusOfEchoAsync(server, Limit / 2));
        Assert.Equal(StatusCode.ResourceExhausted, await StatusOfEchoAsync(server, Limit + 1));
    }

    private static async Task<StatusCode> StatusOfEchoAsync(ProbeServer server, int payloadBytes)
    {
        var request = new Ping { Payload = ByteString.CopyFrom(new byte[payloadBytes]) };
        var call = server.Client.EchoAsync(request, cancellationToken: TestCancelled);
        try
        {
            await call;
            return call.GetStatus().StatusCode;
        }
        catch (RpcException failure)
        {
            return failure.StatusCode;
        }
    }
}
