using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Services.Tests.Pair;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Interop.Tests.Host;

/// <summary>gRPC's test service on a free loopback port, hosted as Strata's services are.</summary>
internal sealed class InteropHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ErrorLogCapture _log;
    private readonly IdleResetCount _idleResets;

    private InteropHost(WebApplication app, ErrorLogCapture log, IdleResetCount idleResets)
    {
        _app = app;
        _log = log;
        _idleResets = idleResets;
        Authority = new Uri(app.Urls.First()).Authority;
    }

    /// <summary>Address and port.</summary>
    public string Authority { get; }

    /// <summary>What the host logged as an error.</summary>
    public IReadOnlyCollection<string> Errors => _log.Errors;

    /// <summary>How many connections the host had to end for a client's error.</summary>
    public int IdleResets => _idleResets.Value;

    /// <summary>Starts a host that answers as the cases expect.</summary>
    public static Task<InteropHost> StartAsync() => StartAsync<TestRpc>(_ => { });

    /// <summary>Starts a host that answers wrongly, and serves what no host may serve.</summary>
    public static Task<InteropHost> StartWrongAsync() => StartAsync<WrongRpc>(app => app.MapGrpcService<WrongUnimplementedRpc>());

    /// <summary>Ends when every call has ended.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<InteropHost> StartAsync<TRpc>(Action<WebApplication> map) where TRpc : TestService.TestServiceBase
    {
        var log = new ErrorLogCapture();
        var idleResets = new IdleResetCount();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log).AddProvider(idleResets).AddFilter<IdleResetCount>(IdleResetCount.Category, LogLevel.Debug);
        builder.AddStrataDefaults(IPEndPoint.Parse("127.0.0.1:0"), null, _ => null, TestService.Descriptor);
        var gzip = new CountedGzip();
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.CompressionProviders.Insert(0, gzip));
        builder.Services.AddSingleton(gzip);
        builder.Services.AddSingleton<TRpc>();

        var app = builder.Build();
        app.MapStrataDefaults(binder => TestService.BindService(binder, app.Services.GetRequiredService<TRpc>()), TestService.Descriptor);
        app.MapGrpcService<TRpc>();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new InteropHost(app, log, idleResets);
    }
}
