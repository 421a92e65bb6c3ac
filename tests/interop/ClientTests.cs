using Grpc.Core;
using Strata.Interop.Tests.Cases;
using Strata.Interop.Tests.Clients;
using Strata.Interop.Tests.Host;

namespace Strata.Interop.Tests;

/// <summary>gRPC's interoperability cases from our C# client against servers of other languages, and against our own host.</summary>
[Collection(InteropCollection.Name)]
public sealed class ClientTests(InteropFixture fixture)
{
    /// <summary>Cases that a server's library has no means for, and why.</summary>
    private static readonly Dictionary<(string Server, string Case), string> _unsupported = new()
    {
        [("python", "client_compressed_unary")] = "a grpcio server does not see whether a request was compressed",
        [("python", "client_compressed_streaming")] = "a grpcio server does not see whether a request was compressed",
        [("node", "client_compressed_unary")] = "a grpc-js server does not see whether a request was compressed",
        [("node", "client_compressed_streaming")] = "a grpc-js server does not see whether a request was compressed",
        [("node", "server_compressed_unary")] = "a grpc-js server never compresses",
        [("node", "server_compressed_streaming")] = "a grpc-js server never compresses",
    };

    public static IEnumerable<TheoryDataRow<string, string>> ServersAndCases =>
        from server in (string[])["csharp", "python", "node"]
        from name in InteropCase.Names
        where !_unsupported.ContainsKey((server, name))
        select new TheoryDataRow<string, string>(server, name);

    public static TheoryData<string> CasesThatAServerCanFail => [.. InteropCase.Names.Except(InteropCase.EndedByTheClient)];

    [Theory]
    [MemberData(nameof(ServersAndCases))]
    public async Task OurClient_Case_IsOkOnServer(string server, string name)
    {
        using var client = new CSharpClient(await fixture.ServerAsync(server));
        await client.RunAsync(name);
    }

    [Theory]
    [MemberData(nameof(CasesThatAServerCanFail))]
    public async Task OurClient_HostThatAnswersWrongly_FailsTheCase(string name)
    {
        await using var host = await InteropHost.StartWrongAsync();
        using var client = new CSharpClient(host.Authority);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.RunAsync(name));
        Assert.False(failure is RpcException { StatusCode: StatusCode.Unavailable }, "The host did not answer at all.");
    }
}
