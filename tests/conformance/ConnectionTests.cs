using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Strata.Client;
using Strata.Conformance.Tests.Clients;
using Strata.Conformance.Tests.Servers;
using Strata.Conformance.Tests.Suite;

namespace Strata.Conformance.Tests;

/// <summary>What every client does apart from the call itself: the key, the retries, the certificate.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class ConnectionTests(ConformanceFixture fixture)
{
    private const string Decode = """{"id": 0, "call": "decode", "target": "decoding", "request": {"text": "x", "requestId": "r"}}""";
    private const string Explain = """{"id": 0, "call": "explain", "target": "decoding", "request": {"text": "x"}}""";

    private static readonly StatusCode[] _alwaysUnavailable = [.. Enumerable.Repeat(StatusCode.Unavailable, 20)];

    public static TheoryData<string> Clients => [.. ClientLanguage.All.Select(language => language.Name)];

    public static MatrixTheoryData<string, StatusCode> ClientsAndStatuses => new(
        ClientLanguage.All.Select(language => language.Name), [StatusCode.Internal, StatusCode.ResourceExhausted, StatusCode.Aborted, StatusCode.DeadlineExceeded]);

    // Go and Node test their own.
    [Theory]
    [InlineData("csharp")]
    [InlineData("python")]
    [InlineData("python-asyncio")]
    public async Task Decode_WithAKey_SendsItAsBearer(string client)
    {
        await using var server = await ProbeServer.StartAsync();
        Assert.Null((await AskAsync(client, server, Decode, "--api-key", "secret")).Error);
        Assert.Equal(["Bearer secret"], server.Attempts);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Decode_UnavailableThreeTimes_IsAnsweredAtTheFourthAttempt(string client)
    {
        await using var server = await ProbeServer.StartAsync(_alwaysUnavailable[..3]);
        var result = await AskAsync(client, server, Decode);
        Assert.Null(result.Error);
        Assert.Equal("r", Assert.Single(result.Responses)!["requestId"]!.GetValue<string>());
        Assert.Equal(new string?[4], server.Attempts);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Decode_AlwaysUnavailable_GivesUpAfterFourAttempts(string client)
    {
        await using var server = await ProbeServer.StartAsync(_alwaysUnavailable);
        Assert.Equal("UNAVAILABLE", Code(await AskAsync(client, server, Decode)));
        Assert.Equal(4, server.Attempts.Count);
    }

    [Theory]
    [MemberData(nameof(ClientsAndStatuses))]
    public async Task Decode_AnotherStatus_IsNotMadeAgain(string client, StatusCode status)
    {
        await using var server = await ProbeServer.StartAsync(status);
        Assert.Equal(status.ToString().ToUpperInvariant(), Code(await AskAsync(client, server, Decode))?.Replace("_", "", StringComparison.Ordinal));
        Assert.Single(server.Attempts);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Decode_DetailsThatAreNotOurs_LeaveTheStatus(string client)
    {
        var damaged = new Any { TypeUrl = "type.googleapis.com/google.rpc.ErrorInfo", Value = ByteString.CopyFrom(0xff) };
        await using var server = await ProbeServer.StartAsync(StatusCode.Internal, StatusCode.Internal);
        foreach (var details in new[] { [0xff, 0xff], new Google.Rpc.Status { Code = (int)StatusCode.Internal, Details = { damaged } }.ToByteArray() })
        {
            server.Details = details;
            var error = (await AskAsync(client, server, Decode)).Error;
            Assert.Equal(("INTERNAL", ""), (error?["code"]?.GetValue<string>(), error?["reason"]?.GetValue<string>()));
        }
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Explain_Unavailable_IsNotMadeAgain(string client)
    {
        await using var server = await ProbeServer.StartAsync(_alwaysUnavailable);
        Assert.Equal("UNAVAILABLE", Code(await AskAsync(client, server, Explain)));
        Assert.Single(server.Attempts);
    }

    // The proxy of the TLS cases asks for one: without this test it might not. Whether the client learns of the refusal in the
    // handshake, before or behind its request is a matter of time, hence several.
    [Fact]
    public async Task Decode_OverTlsWithoutCertificate_IsUnavailable()
    {
        await using var server = new PairServer(fixture.Pair);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var client = StrataClient.Connect(server.Tls.Address, new ConnectOptions { CaFile = server.Tls.CaFile });
            var failure = await Assert.ThrowsAsync<StrataException>(() => client.DecodeAsync("x", cancellation: TestContext.Current.CancellationToken));
            Assert.True(failure.Code == StatusCode.Unavailable, $"{failure.InnerException}");
        }
    }

    private static string? Code(CaseResult result) => result.Error?["code"]?.GetValue<string>();

    private async Task<CaseResult> AskAsync(string client, ICaseServer server, string line, params string[] options)
    {
        var language = await fixture.AvailableAsync(client);
        await using var executor = new ExecutorProcess(language, server, options);
        return CaseResult.Parse(await executor.AskAsync(line), 0);
    }
}
