using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service;

namespace Strata.Services.Tests.Pair;

/// <summary>A Decoding host on a free loopback port, with a client.</summary>
internal sealed class RunningDecoding : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _ownFolder;
    private readonly GrpcChannel _channel;

    private RunningDecoding(WebApplication app, ErrorLogCapture log, string? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Log = log;
        Address = app.Urls.First();
        _channel = GrpcChannel.ForAddress(Address);
        Client = new DecodingService.DecodingServiceClient(_channel);
    }

    public string Address { get; }

    /// <summary>Where JSON over HTTP/1.1 is served, if it is.</summary>
    public string HttpAddress => _app.Urls.Last();

    public DecodingService.DecodingServiceClient Client { get; }

    public ErrorLogCapture Log { get; }

    public T Service<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="backbones">Name, address and model of each backbone.</param>
    /// <param name="options">Further options.</param>
    public static async Task<RunningDecoding> StartAsync(IEnumerable<(string Name, string Address, string Model)> backbones, params string[] options)
    {
        var log = new ErrorLogCapture();
        const string folderOption = "--Decoding:Contexts:Folder=";
        var ownFolder = options.Any(option => option.StartsWith(folderOption, StringComparison.Ordinal)) ? null : Directory.CreateTempSubdirectory("strata-contexts-").FullName;
        string[] args = [
            "--Decoding:Listen=127.0.0.1:0",
            .. ownFolder is null ? Array.Empty<string>() : [folderOption + ownFolder],
            .. backbones.SelectMany(backbone => new[]
            {
                $"--Decoding:Backbones:{backbone.Name}:Address={backbone.Address}",
                $"--Decoding:Backbones:{backbone.Name}:Model={backbone.Model}",
            }),
            .. options,
        ];
        var app = DecodingHost.Build(args, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDecoding(app, log, ownFolder);
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
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }
}
