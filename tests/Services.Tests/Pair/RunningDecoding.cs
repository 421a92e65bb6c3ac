using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service;

namespace Strata.Services.Tests.Pair;

/// <summary>A Decoding host on a free loopback port, with a client.</summary>
internal sealed class RunningDecoding : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private RunningDecoding(WebApplication app, ErrorLogCapture log)
    {
        _app = app;
        Log = log;
        Address = app.Urls.First();
        _channel = GrpcChannel.ForAddress(Address);
        Client = new DecodingService.DecodingServiceClient(_channel);
    }

    public string Address { get; }

    public DecodingService.DecodingServiceClient Client { get; }

    public ErrorLogCapture Log { get; }

    /// <param name="backbones">Name, address and model of each backbone.</param>
    /// <param name="options">Further options.</param>
    public static async Task<RunningDecoding> StartAsync(IEnumerable<(string Name, string Address, string Model)> backbones, params string[] options)
    {
        var log = new ErrorLogCapture();
        string[] args = [
            "--Decoding:Listen=127.0.0.1:0",
            .. backbones.SelectMany(backbone => new[]
            {
                $"--Decoding:Backbones:{backbone.Name}:Address={backbone.Address}",
                $"--Decoding:Backbones:{backbone.Name}:Model={backbone.Model}",
            }),
            .. options,
        ];
        var app = DecodingHost.Build(args, builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDecoding(app, log);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
