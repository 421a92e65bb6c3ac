using System.Net;
using System.Net.Sockets;
using Strata.Services.Tests.Startup;

namespace Strata.Services.Tests.Telemetry;

/// <summary>The quick start runs both services in one process, where each would send the other's telemetry too; it sends none.</summary>
public sealed class QuickStartTelemetryTests
{
    [Fact]
    public async Task Start_CollectorNamed_SendsNothing()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}" };
        using var process = AllInOneProcess.Start(environment, "--once", "--port", "0", "--backbone-port", "0");
        var (exitCode, _, error) = await AllInOneProcess.RunAsync(process);
        Assert.True(exitCode == 0, error);
        Assert.False(collector.Pending());
    }
}
