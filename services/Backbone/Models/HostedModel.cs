using Strata.Backbone.Contexts;
using Strata.Backbone.Graph;
using Strata.Backbone.Inference;
using Strata.Backbone.Readout;
using Strata.Backbone.Tokenization;
using Strata.Leases;

namespace Strata.Backbone.Models;

/// <summary>A loaded model that runs layer by layer. Safe for concurrent runs.</summary>
public sealed class HostedModel : IDisposable
{
    private readonly LayerRunner _runner;
    private readonly RunChecks _checks;
    private readonly ContextInputs _contexts;
    private readonly LeaseCount _runs;

    private HostedModel(ModelDescription description, Tokenizer? tokenizer, StageSet stages, Head head, ContextInputs contexts)
    {
        Description = description;
        Tokenizer = tokenizer;
        _runs = new LeaseCount(stages.Dispose);
        _contexts = contexts;
        _runner = new LayerRunner(stages, head, contexts);
        _checks = new RunChecks(description, contexts, stages.Plan.EmbeddingRows);
    }

    /// <summary>What the model is.</summary>
    public ModelDescription Description { get; }

    /// <summary>The folder's tokenizer; null where it has no tokenizer.json, and then the model takes token ids only.</summary>
    public Tokenizer? Tokenizer { get; }

    /// <summary>Layers computed since load, over all runs; the embedding is none.</summary>
    public long LayersRun => _runner.LayersRun;

    /// <summary>Loads a model folder, cuts its graph into layers and tries them once.</summary>
    /// <param name="name">The name it is hosted under.</param>
    /// <param name="folder">Holds model.onnx (or onnx/model.onnx), config.json and, for text, tokenizer.json.</param>
    /// <param name="runtime">Where it runs.</param>
    /// <param name="limits">What the files may claim; null for the defaults.</param>
    /// <param name="progress">Called with one line for each step.</param>
    /// <param name="ct">Stops between steps.</param>
    /// <exception cref="BackboneException">ModelFilesMissing, ModelInvalid, ModelUnsupported, TokenizerInvalid or TokenizerUnsupported, with what is wrong.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static HostedModel Load(string name, string folder, InferenceRuntime runtime, ModelLimits? limits = null, Action<string>? progress = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(runtime);
        return Load(name, ModelFolder.Open(folder), runtime, limits ?? new ModelLimits(), progress, ct);
    }

    /// <summary>Runs up to the highest exit layer, lazily: each step of the enumerator computes exactly up to the next exit layer and yields its frame.</summary>
    /// <param name="run">What to run. Checked now, before anything is allocated.</param>
    /// <param name="ct">Looked at between layers.</param>
    /// <returns>One frame for each exit layer, in order. Enumerate it once; dispose the enumerator to stop.</returns>
    /// <exception cref="BackboneException">Now: LayerOutOfRange, TokenOutOfRange, ContextTooLong, ReadoutUnsupported, ArgumentInvalid. While enumerating: NonFiniteLogits, InferenceFailed.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: <paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before the first step.</exception>
    public IEnumerable<LayerFrame> Run(LayerRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        _checks.Check(run);
        return Guard(_runner.Run(run, ct));
    }

    /// <summary>Reads a prompt once and gathers the key/values of the kept positions, lazily: each step of the enumerator does one layer and
    /// gives its number, 1..L. The head is not run.</summary>
    /// <param name="prompt">[T] token ids, at least one. Checked now.</param>
    /// <param name="keptPositions">[A] positions, ascending and distinct, each in 0..T-1, at least one.</param>
    /// <param name="into">Takes them: <see cref="KeyValueLayoutOf"/> says how large it must be.</param>
    /// <param name="ct">Looked at between layers.</param>
    /// <exception cref="BackboneException">Now: ContextsUnsupported, TokenOutOfRange, ContextTooLong, ArgumentInvalid. While enumerating: InferenceFailed.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: <paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed before the first step.</exception>
    public IEnumerable<int> Prefill(IReadOnlyList<int> prompt, IReadOnlyList<int> keptPositions, KeyValueBlock into, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(into);
        KeptPositions.Check(keptPositions, prompt.Count, "kept_positions");
        var batch = TokenBatch.FromRows([prompt], Description.PadTokenId);
        _checks.CheckPrompt(batch);
        if (into.Layout != KeyValueLayoutOf(keptPositions.Count))
        {
            throw new ArgumentException("The block has another layout than this model's key/values of these positions.", nameof(into));
        }

        return Guard(_runner.Prefill(batch, keptPositions, into, ct));
    }

    /// <summary>Extents of the key/values of so many kept positions.</summary>
    /// <param name="keptTokens">A.</param>
    /// <exception cref="BackboneException">ContextsUnsupported: the model takes or gives none.</exception>
    public KeyValueLayout KeyValueLayoutOf(int keptTokens)
    {
        _checks.RequireContexts();
        return _contexts.LayoutOf(Description.LayerCount, keptTokens);
    }

    /// <summary>Size of one element of the model's key/values. Unit: bytes.</summary>
    public int KeyValueElementSize => _contexts.ElementSize;

    /// <summary>Whether key/values of two bytes are bfloat16 and not binary16.</summary>
    public bool KeyValuesAreBrainFloats => (int)_contexts.ElementType == TensorSizes.BFloat16;

    /// <summary>Frees the sessions, once the runs in progress have ended.</summary>
    public void Dispose() => _runs.Retire();

    /// <summary>Element type of the model's key/values, as ONNX Runtime names it.</summary>
    internal Microsoft.ML.OnnxRuntime.Tensors.TensorElementType KeyValueType => _contexts.ElementType;

    internal static HostedModel Load(string name, ModelFolder folder, InferenceRuntime runtime, ModelLimits limits, Action<string>? progress, CancellationToken ct)
    {
        var config = ModelConfig.Read(folder.ConfigPath, limits);
        var tokenizer = folder.TokenizerPath is null ? null : Tokenizer.Load(folder.TokenizerPath);
        progress?.Invoke($"reading {folder.OnnxPath}");
        var file = OnnxFileReader.Read(folder.OnnxPath, limits, ct);
        var plan = StagePlan.Cut(DataflowGraph.Build(file), config.LayerCount, limits.MaxLayers);
        var contexts = ContextInputs.Find(plan);
        progress?.Invoke("computing the fingerprint");
        var fingerprint = ModelFingerprint.Of(folder, file.ExternalFiles, ct);
        var stages = StageSet.Create(plan, runtime, (made, all) => progress?.Invoke($"stage {made} of {all}"), ct);
        try
        {
            var (shape, hiddenSize) = HeadTrial.Run(stages, contexts);
            var labels = plan.Projection?.Weight is null ? null : new LabelColumnCache(plan.Projection, file.WeightFolder);
            var head = new Head(stages, shape, labels);
            return new HostedModel(Describe(name, fingerprint, config, plan, contexts, head, hiddenSize), tokenizer, stages, head, contexts);
        }
        catch (BackboneException e) when (e.Error == BackboneError.InferenceFailed)
        {
            stages.Dispose();
            throw new BackboneException(BackboneError.ModelUnsupported, $"The model does not run on three tokens: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch
        {
            stages.Dispose();
            throw;
        }
    }

    private static ModelDescription Describe(string name, string fingerprint, ModelConfig config, StagePlan plan, ContextInputs contexts, Head head, int hiddenSize)
    {
        var isClassifier = head.Shape.IsClassifier;
        return new ModelDescription
        {
            Name = name,
            Fingerprint = fingerprint,
            ModelType = config.ModelType,
            LayerCount = plan.LayerCount,
            HiddenSize = hiddenSize,
            HeadCount = config.HeadCount ?? 0,
            KeyValueHeadCount = contexts.TakesPast ? contexts.Heads : config.KeyValueHeadCount ?? config.HeadCount ?? 0,
            HeadSize = contexts.TakesPast ? contexts.HeadSize : config.HeadSize ?? (config.HeadCount is { } heads ? hiddenSize / heads : 0),
            VocabularySize = isClassifier ? (int)Math.Min(plan.EmbeddingRows, int.MaxValue) : head.Shape.Width,
            MaxPositions = config.MaxPositions,
            Labels = isClassifier ? Labels(config, head.Shape.Width) : [],
            Readouts = isClassifier
                ? [ReadoutKind.None, ReadoutKind.ClassificationHead, ReadoutKind.HiddenState]
                : [ReadoutKind.None, ReadoutKind.LabelTokens, ReadoutKind.TopK, ReadoutKind.FullVocabulary, ReadoutKind.HiddenState],
            CanSkipFinalNorm = head.CanSkipNorm,
            SupportsContexts = contexts is { TakesPast: true, GivesPresent: true },
            TakesPositionIds = plan.Graph.Inputs.ContainsKey(plan.Graph.Find("position_ids")),
            PadTokenId = config.PadTokenId < plan.EmbeddingRows ? config.PadTokenId : 0,
            StageCount = plan.Layers.Length + plan.Head.Length,
        };
    }

    /// <summary>id2label where it fits the head, else the names the ecosystem gives to unnamed classes.</summary>
    private static IReadOnlyList<string> Labels(ModelConfig config, int classes) =>
        config.Labels.Count == classes ? config.Labels : [.. Enumerable.Range(0, classes).Select(c => $"LABEL_{c}")];

    /// <summary>Keeps the sessions until the enumeration ends.</summary>
    private IEnumerable<T> Guard<T>(IEnumerable<T> steps)
    {
        using var lease = _runs.TryLease(this);
        ObjectDisposedException.ThrowIf(lease is null, this);
        foreach (var step in steps)
        {
            yield return step;
        }
    }
}
