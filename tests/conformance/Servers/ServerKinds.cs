using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Servers;

/// <summary>The kinds of servers that a case file can name.</summary>
internal static class ServerKinds
{
    /// <summary>The healthy pair; what a file gets that names none.</summary>
    public const string Pair = "pair";

    /// <summary>Starts a server for one run of a file.</summary>
    /// <param name="kind"><c>pair</c>, <c>untrusted</c>, <c>own</c>, <c>damaged</c> or <c>troubled</c>.</param>
    /// <param name="pair">The pair that is running already.</param>
    public static async Task<ICaseServer> StartAsync(string kind, PairFixture pair) => kind switch
    {
        Pair => new PairServer(pair),
        "untrusted" => new PairServer(pair, trusted: false),
        "own" => await OwnServer.StartAsync(),
        "damaged" => await OwnServer.StartDamagedAsync(),
        "troubled" => await TroubledServer.StartAsync(),
        _ => throw new FormatException($"No server is '{kind}'; README.md of this folder lists them."),
    };
}
