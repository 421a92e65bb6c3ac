using Strata.Conformance.Tests.Clients;

namespace Strata.Interop.Tests.Servers;

/// <summary>A running test server of another language.</summary>
internal sealed class ForeignServer : IAsyncDisposable
{
    private readonly LineProcess _process;

    private ForeignServer(LineProcess process, string authority) => (_process, Authority) = (process, authority);

    /// <summary>Address and port.</summary>
    public string Authority { get; }

    /// <summary>Starts <c>run.sh server</c>, whose first line is the port that it took.</summary>
    public static async Task<ForeignServer> StartAsync(Toolchain toolchain)
    {
        var process = new LineProcess("bash", [toolchain.Script("run.sh"), "server"]);
        return new ForeignServer(process, $"127.0.0.1:{await process.ReadAsync()}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
