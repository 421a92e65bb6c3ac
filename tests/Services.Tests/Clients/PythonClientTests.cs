using System.Diagnostics;
using System.Text.Json;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Clients;

/// <summary>A client of another language, with generated stubs and nothing of ours: Debian's python3-grpcio.</summary>
[Collection(PairCollection.Name)]
public sealed class PythonClientTests(PairFixture pair) : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Text = "You can't change who people are, but you can love them #sadly";

    private readonly string _stubs = Directory.CreateTempSubdirectory("strata-stubs-").FullName;

    public void Dispose() => Directory.Delete(_stubs, recursive: true);

    [Fact]
    public async Task Decode_FromPython_EqualsTheAnswerInCSharp()
    {
        await GenerateStubsAsync();
        var (exitCode, answer) = await DecodeAsync(Text);
        var same = await pair.Decoding.DecodeAsync(new DecodeRequest { Text = Text }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, exitCode);
        Assert.Equal(same.Result.Label, answer.GetProperty("label").GetString());
        Assert.Equal(same.Result.PlainLabel, answer.GetProperty("plain_label").GetString());
        Assert.Equal(same.Result.AmateurLayer, answer.GetProperty("amateur_layer").GetInt32());
        Assert.Equal(same.Result.Probability, answer.GetProperty("probability").GetDouble(), 1e-4);
        Assert.Equal(same.Model.Fingerprint, answer.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public async Task Decode_FromPythonWithAlphaOutOfRange_GetsTheReason()
    {
        await GenerateStubsAsync();
        var (exitCode, answer) = await DecodeAsync(Text, "--alpha", "2");
        Assert.Equal(1, exitCode);
        Assert.Equal("INVALID_ARGUMENT", answer.GetProperty("status").GetString());
        Assert.Equal("ALPHA_OUT_OF_RANGE", answer.GetProperty("reason").GetString());
    }

    private async Task GenerateStubsAsync()
    {
        var (hasPython, _) = await RunAsync(Python, "-c", "import grpc");
        Assert.SkipUnless(hasPython == 0 && File.Exists("/usr/bin/protoc") && File.Exists("/usr/bin/grpc_python_plugin"), "python3-grpcio, protobuf-compiler and protobuf-compiler-grpc are not installed.");
        var (exitCode, output) = await RunAsync("bash", Path.Combine(Repository.Root, "clients", "python", "generate.sh"), _stubs);
        Assert.True(exitCode == 0, output);
    }

    private async Task<(int ExitCode, JsonElement Answer)> DecodeAsync(params string[] arguments)
    {
        var script = Path.Combine(Repository.Root, "clients", "python", "examples", "decode.py");
        var (exitCode, output) = await RunAsync(Python, [script, _stubs, new Uri(pair.DecodingAddress).Authority, .. arguments]);
        using var json = JsonDocument.Parse(output);
        return (exitCode, json.RootElement.Clone());
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + (process.ExitCode == 0 ? "" : await error));
    }
}
