using System.Collections.Concurrent;
using Strata.Conformance.Tests.Clients;
using Strata.Interop.Tests.Cases;
using Strata.Interop.Tests.Clients;
using Strata.Interop.Tests.Host;
using Strata.Interop.Tests.Servers;

namespace Strata.Interop.Tests;

/// <summary>What each language needs, made when the first test asks for it: its programs, a host of its own, its server.</summary>
public sealed class InteropFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Task<string?>> _prepared = new();
    private readonly ConcurrentDictionary<string, Task<InteropHost>> _hosts = new();
    private readonly ConcurrentDictionary<string, Task<IReadOnlyList<CaseOutcome>>> _runs = new();
    private readonly ConcurrentDictionary<string, Task<ForeignServer>> _servers = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values.Where(server => server.IsCompletedSuccessfully))
        {
            await (await server).DisposeAsync();
        }

        foreach (var host in _hosts.Values.Where(host => host.IsCompletedSuccessfully))
        {
            await (await host).DisposeAsync();
        }
    }

    /// <summary>The toolchain of a language; skips the test if it is missing, fails it if it is required.</summary>
    internal async Task<Toolchain> DemandAsync(string language)
    {
        var toolchain = new Toolchain(language, Path.Combine("tests", "interop", language));
        toolchain.Demand(await _prepared.GetOrAdd(language, _ => toolchain.PrepareAsync()));
        return toolchain;
    }

    /// <summary>The host that a language's client talks to, and no other.</summary>
    internal Task<InteropHost> HostAsync(string language) => _hosts.GetOrAdd(language, _ => InteropHost.StartAsync());

    /// <summary>What a language's client says of each case on our host.</summary>
    internal async Task<IReadOnlyList<CaseOutcome>> OutcomesAsync(string language)
    {
        var toolchain = await DemandAsync(language);
        var host = await HostAsync(language);
        return await _runs.GetOrAdd(language, _ => ForeignClient.RunAsync(toolchain, host.Authority, InteropCase.Names));
    }

    /// <summary>Address and port of a language's server.</summary>
    internal async Task<string> ServerAsync(string language)
    {
        if (language == "csharp")
        {
            return (await HostAsync(language)).Authority;
        }

        var toolchain = await DemandAsync(language);
        return (await _servers.GetOrAdd(language, _ => ForeignServer.StartAsync(toolchain))).Authority;
    }
}
