using Google.Protobuf;
using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class CallShapeTests
{
    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_Awaited_ReturnsTheMessage()
    {
        await using var server = await ProbeServer.StartAsync();
        var sent = new Ping { Text = "ünï", Payload = ByteString.CopyFrom(0, 1, 255), Number = -7 };

        var received = await server.Client.EchoAsync(sent, cancellationToken: TestCancelled);

        Assert.Equal(sent, received);
        Assert.NotSame(sent, received);
    }

    [Fact]
    public async Task Unary_Blocking_ReturnsTheMessage()
    {
        await using var server = await ProbeServer.StartAsync();

        Assert.Equal("x", server.Client.Echo(new Ping { Text = "x" }, cancellationToken: TestCancelled).Text);
    }

    [Fact]
    public async Task ClientStream_Completed_ReturnsTheSum()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Sum(cancellationToken: TestCancelled);
        foreach (var number in Enumerable.Range(1, 100))
        {
            await call.RequestStream.WriteAsync(new Ping { Number = number }, TestCancelled);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(5050, (await call).Number);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task ServerStream_ReadAll_ArrivesInOrder()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Count(new Ping { Number = 200 }, cancellationToken: TestCancelled);

        var numbers = new List<int>();
        await foreach (var ping in call.ResponseStream.ReadAllAsync(TestCancelled))
        {
            numbers.Add(ping.Number);
        }

        Assert.Equal(Enumerable.Range(1, 200), numbers);
    }

    [Fact]
    public async Task DuplexStream_ReadAfterEachWrite_AnswersBeforeTheNextRequest()
    {
        await using var server = await ProbeServer.StartAsync();
        using var call = server.Client.Chat(cancellationToken: TestCancelled);
        foreach (var number in Enumerable.Range(1, 20))
        {
            await call.RequestStream.WriteAsync(new Ping { Number = number }, TestCancelled);
            Assert.True(await call.ResponseStream.MoveNext(TestCancelled));
            Assert.Equal(number, call.ResponseStream.Current.Number);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(TestCancelled));
    }
}
