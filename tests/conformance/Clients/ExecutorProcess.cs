using Strata.Conformance.Tests.Servers;

namespace Strata.Conformance.Tests.Clients;

/// <summary>A running executor: one line in, one line out.</summary>
/// <param name="language">Whose executor.</param>
/// <param name="server">What it calls.</param>
/// <param name="options">Further options, such as <c>--api-key</c>.</param>
internal sealed class ExecutorProcess(ClientLanguage language, ICaseServer server, params string[] options) : IAsyncDisposable
{
    private readonly LineProcess _process = new(
        language.Command[0], [.. language.Command[1..], "--decoding", server.Decoding, "--backbone", server.Backbone, .. options]);

    public async Task<string> AskAsync(string line)
    {
        await _process.WriteAsync(line);
        return await _process.ReadAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
