using System.Net.NetworkInformation;
using Grpc.Net.Client;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Deploy.Tests.Containers;

/// <summary>The services backbone and decoding of docker-compose.yml, running as processes of this machine.</summary>
internal sealed class ContainerPair : IDisposable
{
    private readonly DirectoryInfo _data;
    private readonly GrpcChannel _channel;
    private readonly GrpcChannel _backboneChannel;

    private ContainerPair(ContainerProcess backbone, ContainerProcess decoding, DirectoryInfo data, Ports ports)
    {
        (Backbone, Decoding, _data) = (backbone, decoding, data);
        DecodingAddress = $"127.0.0.1:{ports.Decoding}";
        BackboneAddress = $"127.0.0.1:{ports.Backbone}";
        JsonAddress = $"http://127.0.0.1:{ports.Json}";
        _channel = GrpcChannel.ForAddress($"http://{DecodingAddress}");
        _backboneChannel = GrpcChannel.ForAddress($"http://{BackboneAddress}");
        Client = new DecodingService.DecodingServiceClient(_channel);
        BackboneClient = new BackboneService.BackboneServiceClient(_backboneChannel);
    }

    public ContainerProcess Backbone { get; }

    public ContainerProcess Decoding { get; }

    public DecodingService.DecodingServiceClient Client { get; }

    public BackboneService.BackboneServiceClient BackboneClient { get; }

    public string DecodingAddress { get; }

    public string BackboneAddress { get; }

    public string JsonAddress { get; }

    /// <summary>Starts both, the Backbone first, as depends_on says.</summary>
    /// <param name="images">The published programs.</param>
    /// <param name="collector">Value of OTEL_EXPORTER_OTLP_ENDPOINT; empty for none.</param>
    /// <param name="environment">Added for both services.</param>
    public static async Task<ContainerPair> StartAsync(PublishedImages images, string collector = "", params (string Name, string Value)[] environment)
    {
        var compose = ComposeFile.Read(("OTEL_EXPORTER_OTLP_ENDPOINT", collector));
        var ports = Ports.Free();
        var data = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "volumes", Guid.NewGuid().ToString("N")));
        var backbone = await ContainerProcess.StartAsync(
            Dockerfile.Of("Backbone.Service").Target("cpu"),
            [(images.AppOf("Backbone.Service"), "app", false), (Path.Combine(Repository.Root, "models"), "models", false)],
            Environment("backbone"));
        ContainerProcess? decoding = null;
        try
        {
            await backbone.WaitUntilHealthyAsync();
            decoding = await ContainerProcess.StartAsync(
                Dockerfile.Of("Decoding.Service").Target(null),
                [(images.AppOf("Decoding.Service"), "app", false), (data.FullName, "data", true)],
                Environment("decoding"));
            await decoding.WaitUntilHealthyAsync();
            return new ContainerPair(backbone, decoding, data, ports);
        }
        catch
        {
            decoding?.Dispose();
            backbone.Dispose();
            throw;
        }

        Dictionary<string, string> Environment(string service)
        {
            var variables = compose.EnvironmentOf(service).ToDictionary(pair => pair.Key, pair => pair.Value.Replace("http://backbone:50052", $"http://127.0.0.1:{ports.Backbone}", StringComparison.Ordinal));
            variables["Backbone__Listen"] = $"127.0.0.1:{ports.Backbone}";
            variables["Decoding__Listen"] = $"127.0.0.1:{ports.Decoding}";
            variables["Decoding__HttpListen"] = $"127.0.0.1:{ports.Json}";
            foreach (var (name, value) in environment)
            {
                variables[name] = value;
            }

            return variables;
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _backboneChannel.Dispose();
        Decoding.Dispose();
        Backbone.Dispose();
        _data.Delete(recursive: true);
    }

    private sealed record Ports(int Backbone, int Decoding, int Json)
    {
        // Below those that systems give to whoever asks for any: between this look and the service's own, nobody gets them by chance.
        private const int Lowest = 10_000;
        private const int Highest = 32_000;

        /// <summary>Three that are free now.</summary>
        public static Ports Free()
        {
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port);
            int[] free = [.. Enumerable.Range(Lowest, Highest - Lowest).Except(taken)];
            var ports = Random.Shared.GetItems(free, 3);
            return ports.Distinct().Count() == 3 ? new Ports(ports[0], ports[1], ports[2]) : Free();
        }
    }
}
