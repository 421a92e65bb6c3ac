using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Contexts;
using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Servers;

/// <summary>A pair for one run, whose contexts and models the cases may change: a small language model <c>lm</c>, with the folders <c>a</c>,
/// <c>b</c>, <c>cut</c> and <c>empty</c> to swap it for, and more backbones than a page holds.</summary>
internal sealed class OwnServer : ICaseServer
{
    private const int FurtherBackbones = 120;

    // The same in every run, since messages name it and must be the same in every language; one run is made at a time.
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"strata-models-{Environment.ProcessId}");
    private RunningBackbone _backbone = null!;
    private RunningDecoding _decoding = null!;

    private OwnServer()
    {
    }

    public string Decoding => new Uri(_decoding.Address).Authority;

    public string Backbone => new Uri(_backbone.Address).Authority;

    private string Contexts => Path.Combine(_root, "contexts");

    public static async Task<OwnServer> StartAsync()
    {
        var server = new OwnServer();
        using (var model = new TinyLanguageModel())
        {
            foreach (var (name, end) in new[] { ("a", ""), ("b", "\n"), ("cut", "") })
            {
                Copy(model.Folder, Path.Combine(server._root, name));
                File.AppendAllText(Path.Combine(server._root, name, "config.json"), end); // one more byte is another fingerprint
            }
        }

        using (var cut = new FileStream(Path.Combine(server._root, "cut", "model.onnx"), FileMode.Open))
        {
            cut.SetLength(cut.Length / 2);
        }

        Directory.CreateDirectory(Path.Combine(server._root, "empty"));
        await server.StartHostsAsync();
        return server;
    }

    /// <summary>The same with one context in the store, the one of tests/Services.Tests, whose key/values are damaged.</summary>
    public static async Task<OwnServer> StartDamagedAsync()
    {
        var server = await StartAsync();
        await server._decoding.Client.CreateContextAsync(new CreateContextRequest { Recipe = Recipes.Tiny() }, cancellationToken: TestContext.Current.CancellationToken);
        await server._decoding.DisposeCleanAsync();
        await server._backbone.DisposeCleanAsync(); // else it still has them in memory
        var file = Assert.Single(Directory.GetFiles(server.Contexts, "*.context"));
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        await server.StartHostsAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _decoding.DisposeCleanAsync();
            await _backbone.DisposeCleanAsync();
        }
        finally
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private async Task StartHostsAsync()
    {
        _backbone = await RunningBackbone.StartAsync([("lm", Path.Combine(_root, "a"))], $"--Backbone:ModelRoot={_root}");
        var further = Enumerable.Range(0, FurtherBackbones).Select(i => $"further-{i:D3}");
        _decoding = await RunningDecoding.StartAsync(
            new[] { "lm", "other" }.Concat(further).Select(name => (name, _backbone.Address, "lm")), "--Decoding:DefaultBackbone=lm", $"--Decoding:Contexts:Folder={Contexts}");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
