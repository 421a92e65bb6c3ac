using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Platform.Tests.Contracts;
using Strata.Platform.Tests.Host;

namespace Strata.Platform.Tests.Calls;

/// <summary>The probe service on a loopback port of its own, with a channel to it.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ProbeServer(WebApplication app, GrpcChannel channel)
    {
        this.app = app;
        Channel = channel;
        Client = new Probe.ProbeClient(channel);
    }

    internal GrpcChannel Channel { get; }

    internal Probe.ProbeClient Client { get; }

    internal string Address => app.Urls.Single();

    internal ProbeRecord Record => app.Services.GetRequiredService<ProbeRecord>();

    /// <summary>Starts the server, with TLS where it gets a certificate; it listens when this returns.</summary>
    internal static async Task<ProbeServer> StartAsync(
        Action<GrpcServiceOptions>? configureServer = null,
        Action<GrpcChannelOptions>? configureChannel = null,
        X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http2;
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            }));
        builder.Services.AddGrpc(options => configureServer?.Invoke(options));
        builder.Services.AddSingleton<ProbeRecord>();

        var app = builder.Build();
        app.MapGrpcService<ProbeRpc>();
        await app.StartAsync();

        var channelOptions = new GrpcChannelOptions();
        configureChannel?.Invoke(channelOptions);
        return new ProbeServer(app, GrpcChannel.ForAddress(app.Urls.Single(), channelOptions));
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.DisposeAsync();
    }
}
