using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Classification;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Rpc;

namespace Strata.Decoding.Service.Decode;

/// <summary>Binds a label set to a model: to columns of its classification head, or to tokens of its vocabulary.</summary>
internal sealed class LabelBinder : IDisposable
{
    private const int MaxLabels = 1024;
    private const int MaxWords = 4096;
    private const int MaxNameLength = 256;
    private const long CachedBytes = 64 * 1024 * 1024;

    // Label words are tokenized once for each model and label set.
    private readonly MemoryCache _verbalizers = new(new MemoryCacheOptions { SizeLimit = CachedBytes });

    public async ValueTask<LabelReadout> BindAsync(
        BackboneConnection backbone, Model model, LabelSet? labelSet, bool applyFinalNorm, CallOptions call)
    {
        var labels = labelSet?.Labels ?? [];
        CheckNames(labels);
        var priors = Priors(labels);
        if (model.Labels.Count > 0)
        {
            return BindHead(model, labels, priors);
        }

        if (labels.Count == 0)
        {
            throw RequestLimits.Invalid("LABELS_REQUIRED", "label_set", $"{model.Name} is a language model without labels of its own; send a label set.");
        }

        if (!_verbalizers.TryGetValue((model.Fingerprint, labelSet), out Verbalizer? verbalizer))
        {
            var tokens = await FirstTokensAsync(backbone, model, labels, call);
            verbalizer = new Verbalizer(tokens, priors);
            _verbalizers.Set((model.Fingerprint, labelSet!.Clone()), verbalizer, new MemoryCacheEntryOptions { Size = labelSet.CalculateSize() });
        }

        return LabelReadout.OfTokens([.. labels.Select(label => label.Name)], verbalizer!, applyFinalNorm);
    }

    public void Dispose() => _verbalizers.Dispose();

    private static LabelReadout BindHead(Model model, IReadOnlyList<Label> labels, double[]? priors)
    {
        if (labels.Count == 0)
        {
            return LabelReadout.OfHead(model.Labels, null, model.Labels.Count, null);
        }

        var columns = new int[labels.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = model.Labels.IndexOf(labels[i].Name);
            if (columns[i] < 0)
            {
                throw RequestLimits.Invalid(
                    "LABEL_UNKNOWN",
                    $"label_set.labels[{i}].name",
                    $"{model.Name} has no class \"{labels[i].Name}\"; its classes are {string.Join(", ", model.Labels)}.");
            }
        }

        return LabelReadout.OfHead([.. labels.Select(label => label.Name)], columns, model.Labels.Count, priors);
    }

    private static void CheckNames(IReadOnlyList<Label> labels)
    {
        if (labels.Count == 1)
        {
            throw RequestLimits.Invalid("LABEL_SET_TOO_SMALL", "label_set.labels", "One label leaves nothing to decide; send at least two, or none for all classes.");
        }

        if (labels.Count > MaxLabels || labels.Sum(label => label.Words.Count) > MaxWords)
        {
            throw RequestLimits.Invalid("ARGUMENT_INVALID", "label_set.labels", $"A label set takes at most {MaxLabels} labels and {MaxWords} words.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Name.Length is < 1 or > MaxNameLength || !names.Add(labels[i].Name))
            {
                throw RequestLimits.Invalid("ARGUMENT_INVALID", $"label_set.labels[{i}].name", $"Label names are distinct and have 1 to {MaxNameLength} characters.");
            }
        }
    }

    private static double[]? Priors(IReadOnlyList<Label> labels)
    {
        var given = labels.Count(label => label.HasPrior);
        if (given == 0)
        {
            return null;
        }

        return given == labels.Count && labels.All(label => label.Prior > 0 && double.IsFinite(label.Prior))
            ? [.. labels.Select(label => label.Prior)]
            : throw RequestLimits.Invalid("PRIORS_INVALID", "label_set.labels", "Give every label a positive finite prior, or none.");
    }

    private static async Task<int[][]> FirstTokensAsync(BackboneConnection backbone, Model model, IReadOnlyList<Label> labels, CallOptions call)
    {
        string[][] words = [.. labels.Select(label => label.Words.Count > 0 ? label.Words.ToArray() : [" " + label.Name])];
        var tokenized = await backbone.TokenizeAsync(model, words.SelectMany(word => word), call);
        var next = 0;
        return [.. words.Select(label => label
            .SelectMany(_ => tokenized[next++].TokenIds.Take(1))
            .ToArray())];
    }
}
