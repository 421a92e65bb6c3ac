using Strata.Interop.Tests.Cases;
using Strata.Interop.Tests.Clients;
using Strata.Interop.Tests.Host;

namespace Strata.Interop.Tests;

/// <summary>gRPC's interoperability cases from the libraries of other languages against our host.</summary>
[Collection(InteropCollection.Name)]
public sealed class HostTests(InteropFixture fixture)
{
    /// <summary>Cases that a library has no means for, and why.</summary>
    private static readonly Dictionary<(string Client, string Case), string> _unsupported = new()
    {
        [("python", "client_compressed_streaming")] = "grpcio compresses all messages of a call or none",
        [("go", "client_compressed_streaming")] = "grpc-go compresses all messages of a call or none",
        [("node", "client_compressed_streaming")] = "Node's writable streams refuse the flag that grpc-js takes in place of an encoding",
    };

    public static TheoryData<string> Clients => ["python", "go", "node"];

    public static MatrixTheoryData<string, string> ClientsAndCases => new(["python", "go", "node"], InteropCase.Names);

    [Theory]
    [MemberData(nameof(ClientsAndCases))]
    public async Task Client_Case_IsOkOnOurHost(string client, string name)
    {
        var outcome = (await fixture.OutcomesAsync(client)).Single(outcome => outcome.Name == name);
        var expected = _unsupported.ContainsKey((client, name)) ? CaseOutcome.Unsupported : CaseOutcome.Ok;
        Assert.True(outcome.Verdict == expected || IsOfABrokenConnection(outcome, await fixture.HostAsync(client)), $"{client} {name}: {outcome.Verdict} {outcome.Reason}");
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Host_AfterEveryCase_LoggedNoError(string client)
    {
        await fixture.OutcomesAsync(client);
        await AssertNoErrorAsync(await fixture.HostAsync(client));
    }

    // A stream that is reset while it is read tells the host so in two ways, of which either may come first.
    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Host_ManyCallsEndedByTheClient_LoggedNoError(string client)
    {
        var toolchain = await fixture.DemandAsync(client);
        await using var host = await InteropHost.StartAsync();
        var names = new[] { "cancel_after_begin", "cancel_after_first_response", "timeout_on_sleeping_server" }.SelectMany(name => Enumerable.Repeat(name, 100)).ToArray();
        var failed = (await ForeignClient.RunAsync(toolchain, host.Authority, names)).Where(outcome => outcome.Verdict != CaseOutcome.Ok).ToArray();
        // Calls follow each other, so each connection that a client breaks costs it one call at most.
        Assert.True(failed.Length <= host.IdleResets, $"{host.IdleResets} connections broken by the client, and:\n{string.Join('\n', failed.AsEnumerable())}");
        Assert.All(failed, outcome => Assert.True(IsOfABrokenConnection(outcome, host), outcome.Reason));
        await AssertNoErrorAsync(host);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Client_HostThatAnswersWrongly_ReportsEveryCaseAsFailed(string client)
    {
        var toolchain = await fixture.DemandAsync(client);
        await using var host = await InteropHost.StartWrongAsync();
        var outcomes = await ForeignClient.RunAsync(toolchain, host.Authority, InteropCase.Names);
        var passed = outcomes.Where(outcome => outcome.Verdict == CaseOutcome.Ok).Select(outcome => outcome.Name);
        Assert.Empty(passed.Except(InteropCase.EndedByTheClient));
    }

    // Only where the host saw the client break its connection: README.md.
    private static bool IsOfABrokenConnection(CaseOutcome outcome, InteropHost host) =>
        host.IdleResets > 0 && outcome.Reason.Contains("UNAVAILABLE", StringComparison.Ordinal);

    private static async Task AssertNoErrorAsync(InteropHost host)
    {
        await host.StopAsync();
        Assert.True(host.Errors.Count == 0, string.Join('\n', host.Errors));
    }
}
