using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Strata.Backbone.Service;
using Strata.Decoding.Service;
using Strata.ServiceDefaults.Hosting;

namespace Strata.AllInOne;

/// <summary>Both services in one process, each on its own loopback port; the only thing between them is gRPC.</summary>
internal sealed class LocalPair : IAsyncDisposable
{
    // What a newcomer should read is the answer; warnings and errors still show.
    private static readonly string[] _quiet = ["--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning"];

    // Both would hear each other's spans in one process and send everything twice; deployments run them apart.
    private const string NoTelemetry = "--OTEL_EXPORTER_OTLP_ENDPOINT=";

    private readonly WebApplication _backbone;
    private readonly WebApplication _decoding;

    private LocalPair(WebApplication backbone, WebApplication decoding) => (_backbone, _decoding) = (backbone, decoding);

    public string DecodingAddress => _decoding.Urls.First();

    public string BackboneAddress => _backbone.Urls.First();

    /// <summary>Loads the models and starts both.</summary>
    /// <exception cref="StartupException">A port is taken; other failures that <see cref="StartupFailure"/> describes are thrown as they are.</exception>
    public static async Task<LocalPair> StartAsync(LocalPairSettings settings, CancellationToken cancellation)
    {
        var backbone = await ProgressLine.WhileAsync("loading the models", () => Task.Run(
            () => BackboneHost.Build([
                $"--Backbone:Listen=127.0.0.1:{settings.BackbonePort}", $"--Backbone:ModelRoot={settings.ModelRoot}",
                .. settings.Models.Select(model => $"--Backbone:Models:{model.Key}={model.Value}"),
                .. _quiet, NoTelemetry,
            ]),
            cancellation));
        WebApplication? decoding = null;
        try
        {
            var backboneAddress = await StartAsync(backbone, "--backbone-port", cancellation);
            decoding = DecodingHost.Build(
                [
                    $"--Decoding:Listen=127.0.0.1:{settings.DecodingPort}", $"--Decoding:DefaultBackbone={settings.Models[0].Key}", $"--Decoding:Contexts:Folder={settings.DataFolder}",
                    .. settings.Models.SelectMany(model => new[] { $"--Decoding:Backbones:{model.Key}:Address={backboneAddress}", $"--Decoding:Backbones:{model.Key}:Model={model.Key}" }),
                    .. _quiet, NoTelemetry,
                ]);
            await StartAsync(decoding, "--port", cancellation);
            return new LocalPair(backbone, decoding);
        }
        catch
        {
            await (decoding?.DisposeAsync() ?? ValueTask.CompletedTask);
            await backbone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until Ctrl-C, SIGTERM or the caller's token.</summary>
    public async Task WaitForStopAsync(CancellationToken cancellation)
    {
        try
        {
            await _decoding.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C, seen by the command line first.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _decoding.StopAsync(CancellationToken.None);
        await _backbone.StopAsync(CancellationToken.None);
        await _decoding.DisposeAsync();
        await _backbone.DisposeAsync();
    }

    private static async Task<string> StartAsync(WebApplication host, string option, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (IOException failure) when (StartupFailure.Describe(failure) is { } sentence)
        {
            throw new StartupException($"{sentence} The option is {option}.", failure);
        }

        return host.Urls.First();
    }
}
