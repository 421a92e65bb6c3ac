using Grpc.Net.Client;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Consumers;

public sealed class WebProjectTests
{
    private const string ListeningOn = "Now listening on: ";

    // The web project takes its generated code from a project reference; this runs it from its own output folder.
    [Fact]
    public async Task WebProject_StartedFromItsOwnOutput_AnswersCalls()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var host = DotnetCommand.Start(HostAssembly(), "--urls", "http://127.0.0.1:0");
        try
        {
            var address = await ReadAddressAsync(host.StandardOutput, cancellation);
            using var channel = GrpcChannel.ForAddress(address);

            var received = await new Probe.ProbeClient(channel).EchoAsync(new Ping { Text = "x" }, cancellationToken: cancellation);

            Assert.Equal("x", received.Text);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<string> ReadAddressAsync(StreamReader output, CancellationToken cancellation)
    {
        while (await output.ReadLineAsync(cancellation) is { } line)
        {
            if (line.IndexOf(ListeningOn, StringComparison.Ordinal) is >= 0 and var start)
            {
                return line[(start + ListeningOn.Length)..];
            }
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    private static string HostAssembly()
    {
        // bin/<configuration>/<framework> is the same for the tests and the host.
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var output = Path.GetRelativePath(Path.Combine(DotnetCommand.RepositoryRoot, "tests/Platform.Tests"), own);
        return Path.Combine(DotnetCommand.RepositoryRoot, "tests/Platform.Tests/Host", output, "Strata.Platform.Tests.Host.dll");
    }
}
