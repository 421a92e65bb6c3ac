using Strata.Services.Tests;
using Strata.Services.Tests.Pair;

namespace Strata.Cli.Tests;

/// <summary>A running pair with both embedded models, and a folder that models may be swapped from.</summary>
public sealed class CliFixture : IAsyncLifetime
{
    private readonly string _modelRoot = Directory.CreateTempSubdirectory("strata-models-").FullName;
    private RunningBackbone? _backbone;
    private RunningDecoding? _decoding;

    public string Decoding => new Uri(_decoding!.Address).Authority;

    public string Backbone => new Uri(_backbone!.Address).Authority;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "emotion-2", "emotion-3", "cut" })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_modelRoot, name)).FullName;
            foreach (var file in new[] { "model.onnx", "tokenizer.json", "config.json" })
            {
                File.Copy(Path.Combine(Repository.EmotionModel, file), Path.Combine(folder, file));
            }
        }

        // One more byte is another fingerprint.
        File.AppendAllText(Path.Combine(_modelRoot, "emotion-3", "config.json"), "\n");
        File.WriteAllText(Path.Combine(_modelRoot, "cut", "model.onnx"), "no model");
        _backbone = await RunningBackbone.StartAsync(
            [("emotion", Repository.EmotionModel), ("icl", Repository.InContextModel), ("loaded", Repository.EmotionModel), ("spare", Repository.EmotionModel)], $"--Backbone:ModelRoot={_modelRoot}");
        _decoding = await RunningDecoding.StartAsync(
            [("emotion", _backbone.Address, "emotion"), ("icl", _backbone.Address, "icl")], "--Decoding:DefaultBackbone=emotion");
    }

    public async ValueTask DisposeAsync()
    {
        await (_decoding?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_backbone?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_modelRoot, recursive: true);
    }

    /// <summary>Runs <c>strata</c> against the pair.</summary>
    internal Task<(int ExitCode, string Output, string Error)> StrataAsync(params string[] arguments) => StrataAsync(arguments, "");

    /// <summary>The same with standard input.</summary>
    internal Task<(int ExitCode, string Output, string Error)> StrataAsync(string[] arguments, string input, params (string Name, string Value)[] environment) =>
        StrataProcess.RunAsync(arguments, input, [("STRATA_ADDRESS", Decoding), ("STRATA_BACKBONE_ADDRESS", Backbone), .. environment]);
}
