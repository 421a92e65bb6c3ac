using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Strata.ServiceDefaults.Hosting;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Strata.ServiceDefaults.Health;

/// <summary>Asks a running host whether it serves, for container health checks: an image without curl can run its own program.</summary>
public static class HealthProbe
{
    /// <summary>Argument that makes a host's program a probe.</summary>
    public const string Argument = "--healthcheck";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks the host that listens where this configuration says.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="section">The host's configuration section; its Listen names the address.</param>
    /// <param name="defaultListen">Address and port without configuration.</param>
    /// <returns>Exit code: 0 if it serves, else 1, with a sentence on standard error.</returns>
    /// <exception cref="StartupException">The address is none.</exception>
    public static async Task<int> RunAsync(string[] args, string section, string defaultListen)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. args.Where(arg => arg != Argument)]).Build();
        var listen = ListenAddress.Parse(configuration[$"{section}:Listen"] ?? defaultListen, $"{section}:Listen");
        var address = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        using var channel = GrpcChannel.ForAddress($"http://{new IPEndPoint(address, listen.Port)}");
        try
        {
            var answer = await new Grpc.Health.V1.Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow + _patience);
            if (answer.Status == ServingStatus.Serving)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync($"{listen} is {answer.Status}.");
        }
        catch (RpcException failure)
        {
            await Console.Error.WriteLineAsync($"{listen} does not answer: {failure.Status.Detail}");
        }

        return 1;
    }
}
