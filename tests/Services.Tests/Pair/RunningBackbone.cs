using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Backbone.Service;
using Strata.Contracts.Backbone.V1;

namespace Strata.Services.Tests.Pair;

/// <summary>A Backbone host on a free loopback port, with a client.</summary>
internal sealed class RunningBackbone : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunningBackbone(WebApplication app, ErrorLogCapture log)
    {
        _app = app;
        Log = log;
        Address = app.Urls.First();
        _channel = GrpcChannel.ForAddress(Address);
        Client = new BackboneService.BackboneServiceClient(_channel);
    }

    public string Address { get; }

    public BackboneService.BackboneServiceClient Client { get; }

    public ErrorLogCapture Log { get; }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="models">Name and folder of each model.</param>
    /// <param name="options">Further options, such as <c>--Backbone:MaxQueuedRuns=0</c>.</param>
    public static async Task<RunningBackbone> StartAsync(IEnumerable<(string Name, string Folder)> models, params string[] options)
    {
        var log = new ErrorLogCapture();
        string[] args = ["--Backbone:Listen=127.0.0.1:0", .. models.Select(model => $"--Backbone:Models:{model.Name}={model.Folder}"), .. options];
        var app = BackboneHost.Build(args, null, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningBackbone(app, log);
    }

    /// <summary>Stops as on Ctrl-C.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>Stops, and fails the test if an error was logged.</summary>
    public async ValueTask DisposeCleanAsync()
    {
        await DisposeAsync();
        Log.AssertEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync(CancellationToken.None); // disposing alone takes the services from under a call that has just arrived
        await _app.DisposeAsync();
    }
}
