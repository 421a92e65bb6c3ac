using System.Collections.Concurrent;
using Strata.Conformance.Tests.Servers;
using Strata.Conformance.Tests.Suite;
using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Clients;

/// <summary>The running pair, and what each client made of each file; every client runs a file once.</summary>
public sealed class ConformanceFixture : IAsyncLifetime
{
    private readonly PairFixture _pair = new();
    private readonly ConcurrentDictionary<string, Task<string?>> _prepared = new();
    private readonly ConcurrentDictionary<(string Language, string File), Task<FileRun>> _runs = new();

    public PairFixture Pair => _pair;

    public string Decoding => new Uri(_pair.DecodingAddress).Authority;

    public ValueTask InitializeAsync() => _pair.InitializeAsync();

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    /// <summary>The client of a name, ready to run. Skips the test if its toolchain is missing, or fails it if this client is required.</summary>
    internal async Task<ClientLanguage> AvailableAsync(string client)
    {
        var language = ClientLanguage.All.Single(language => language.Name == client);
        language.Toolchain.Demand(await _prepared.GetOrAdd(language.Folder, _ => language.PrepareAsync()));
        return language;
    }

    internal Task<FileRun> RunAsync(ClientLanguage language, string file) =>
        _runs.GetOrAdd((language.Name, file), _ => RunNowAsync(language, file));

    private async Task<FileRun> RunNowAsync(ClientLanguage language, string name)
    {
        var file = CaseFile.Read(name);
        await using var server = await ServerKinds.StartAsync(file.Server, _pair);
        await using var executor = new ExecutorProcess(language, server, file.NeedsTls ? server.Tls!.ExecutorOptions : []);
        var run = new FileRun();
        foreach (var (given, id) in file.Cases.Select((given, id) => (given, id)))
        {
            run.Add(given, CaseResult.Parse(await executor.AskAsync(given.Line(id, run.Saved)), id));
        }

        return run;
    }
}
