using System.Collections.Concurrent;
using Grpc.Core.Interceptors;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class InterceptorTests
{
    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Interceptors_OfEveryCallShape_SeeTheCallOnBothSidesInOrder()
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await StartAsync(seen);
        var client = new Probe.ProbeClient(server.Channel
            .Intercept(new RecordingInterceptor("first", seen), new RecordingInterceptor("second", seen))
            .Intercept(headers =>
            {
                headers.Add("caller", "test");
                return headers;
            }));

        client.Echo(new Ping(), cancellationToken: TestCancelled);
        using (var echo = client.EchoAsync(new Ping(), cancellationToken: TestCancelled))
        {
            await echo;
            Assert.Equal("server", echo.GetTrailers().GetValue("seen-by"));
        }

        using (var sum = client.Sum(cancellationToken: TestCancelled))
        {
            await sum.RequestStream.CompleteAsync();
            await sum;
        }

        using (var count = client.Count(new Ping(), cancellationToken: TestCancelled))
        {
            Assert.False(await count.ResponseStream.MoveNext(TestCancelled));
        }

        using (var chat = client.Chat(cancellationToken: TestCancelled))
        {
            await chat.RequestStream.CompleteAsync();
            Assert.False(await chat.ResponseStream.MoveNext(TestCancelled));
        }

        Assert.Equal(
            [
                "first: BlockingUnaryCall Echo", "second: BlockingUnaryCall Echo", "server: UnaryServerHandler Echo test",
                "first: AsyncUnaryCall Echo", "second: AsyncUnaryCall Echo", "server: UnaryServerHandler Echo test",
                "first: AsyncClientStreamingCall Sum", "second: AsyncClientStreamingCall Sum",
                "server: ClientStreamingServerHandler Sum test",
                "first: AsyncServerStreamingCall Count", "second: AsyncServerStreamingCall Count",
                "server: ServerStreamingServerHandler Count test",
                "first: AsyncDuplexStreamingCall Chat", "second: AsyncDuplexStreamingCall Chat",
                "server: DuplexStreamingServerHandler Chat test",
            ],
            seen);
    }

    private static Task<ProbeServer> StartAsync(ConcurrentQueue<string> seen) => ProbeServer.StartAsync(
        options => options.Interceptors.Add<RecordingInterceptor>("server", seen));
}
