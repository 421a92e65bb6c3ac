using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Golden;

namespace Strata.Backbone.Tests;

/// <summary>The single-graph exports of tests/golden, each loaded once for all tests.</summary>
internal sealed record GoldenModel(string Folder, string OnnxFile, int Layers, bool IsClassifier, bool TakesPositions)
{
    public static readonly GoldenModel BertTiny = new("bert-tiny", "model.onnx", 4, true, false);
    public static readonly GoldenModel BertNofold = new("bert-tiny", "variants/model_opset16_nofold.onnx", 4, true, false);
    public static readonly GoldenModel DebertaTiny = new("deberta-tiny", "model.onnx", 6, true, false);
    public static readonly GoldenModel Gpt2Tiny = new("gpt2-tiny", "model.onnx", 4, false, true);
    public static readonly GoldenModel Gpt2Noscope = new("gpt2-tiny", "variants/model_noscope.onnx", 4, false, true);
    public static readonly GoldenModel Gpt2NoPositions = new("gpt2-tiny", "variants/decoder_model_noposids.onnx", 4, false, false);
    public static readonly GoldenModel LlamaTiny = new("llama-tiny", "model.onnx", 4, false, true);

    public static readonly GoldenModel[] All = [BertTiny, BertNofold, DebertaTiny, Gpt2Tiny, Gpt2Noscope, Gpt2NoPositions, LlamaTiny];

    // The environment must exist before any session of a test does.
    public static readonly InferenceRuntime Runtime = new(new InferenceOptions());
    private static readonly ConcurrentDictionary<GoldenModel, Lazy<HostedModel>> Loaded = new();

    public static TheoryData<string> Names => [.. All.Select(m => m.Name)];

    public static TheoryData<string> LanguageModelNames => [.. All.Where(m => !m.IsClassifier).Select(m => m.Name)];

    /// <summary>tests/golden of this checkout.</summary>
    public static readonly string Root = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "golden"));

    public string Name => $"{Folder}/{OnnxFile}";

    public string OnnxPath => Path.Combine(Root, Folder, OnnxFile);

    public ModelFolder Files => new(OnnxPath, Path.Combine(Root, Folder, "config.json"), null);

    public HostedModel Hosted => Loaded.GetOrAdd(this, m => new Lazy<HostedModel>(() => HostedModel.Load(m.Name, m.Files, Runtime, new ModelLimits(), null, CancellationToken.None))).Value;

    /// <summary>Cases this export must meet: one without positions knows neither left padding nor a past.</summary>
    public IEnumerable<string> Cases => Directory.EnumerateFiles(Path.Combine(Root, Folder, "cases"), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(c => IsClassifier || TakesPositions || !(c.Contains("leftpad", StringComparison.Ordinal) || c.Contains("past", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal);

    public static GoldenModel Named(string name) => All.Single(m => m.Name == name);

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    public GoldenCase Case(string name) => GoldenCase.Load($"{Folder}/cases/{name}");
}
