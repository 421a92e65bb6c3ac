using System.Collections.Concurrent;
using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class CallCredentialsTests
{
    [Fact]
    public async Task CallCredentials_Composed_AddAllTheirHeaders()
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await ProbeServer.StartAsync(
            options => options.Interceptors.Add<RecordingInterceptor>("server", seen),
            options => options.UnsafeUseInsecureChannelCallCredentials = true);
        var services = new ConcurrentQueue<string>();
        var credentials = CallCredentials.Compose(
            CallCredentials.FromInterceptor((context, headers) =>
            {
                services.Enqueue($"{context.ServiceUrl} {context.MethodName}");
                headers.Add("caller", "composed");
                return Task.CompletedTask;
            }),
            CallCredentials.FromInterceptor((_, headers) =>
            {
                headers.Add("authorization", "Bearer x");
                return Task.CompletedTask;
            }));
        var options = new CallOptions(credentials: credentials, cancellationToken: TestContext.Current.CancellationToken);

        await server.Client.EchoAsync(new Ping(), options);

        Assert.Equal("server: UnaryServerHandler Echo composed", Assert.Single(seen));
        Assert.EndsWith($"/{Probe.Descriptor.FullName} {nameof(Probe.ProbeClient.Echo)}", Assert.Single(services), StringComparison.Ordinal);
    }

    [Fact]
    public void CallCredentials_OverAnInsecureChannel_AreRefused() => Assert.Throws<ArgumentException>(
        () => ChannelCredentials.Create(ChannelCredentials.Insecure, NoCredentials()));

    [Fact]
    public void Compose_OfOne_IsRefused() => Assert.Throws<ArgumentException>(() => CallCredentials.Compose(NoCredentials()));

    private static CallCredentials NoCredentials() => CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
}
