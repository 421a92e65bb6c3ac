using Strata.Backbone.Models;
using Strata.Backbone.Readout;
using Strata.Backbone.Service.Options;
using Strata.Contracts.Tensor.V1;
using WireKind = Strata.Contracts.Backbone.V1.ReadoutKind;
using WirePositions = Strata.Contracts.Backbone.V1.ReadoutPositions;
using WireReadout = Strata.Contracts.Backbone.V1.Readout;

namespace Strata.Backbone.Service.Rpc;

/// <summary>Readouts of a request: defaults filled in, limits checked before memory is taken.</summary>
internal static class ReadoutMapping
{
    private const int MaxLabelTokens = 4096;
    private const int MaxTopK = 1024;

    /// <summary>The readout with every default filled in, as it goes into the stream's header.</summary>
    public static WireReadout Effective(WireReadout? requested, HostedModel model)
    {
        var readout = requested?.Clone() ?? new WireReadout();
        if (readout.Kind == WireKind.Unspecified)
        {
            readout.Kind = model.Description.Readouts.Contains(ReadoutKind.ClassificationHead) ? WireKind.ClassificationHead : WireKind.HiddenState;
        }

        readout.DataType = readout.DataType == DataType.Unspecified ? DataType.Fp32 : readout.DataType;
        readout.Positions = readout.Positions == WirePositions.Unspecified ? WirePositions.Last : readout.Positions;
        if (readout.Kind != WireKind.ClassificationHead)
        {
            readout.ApplyFinalNorm = readout.HasApplyFinalNorm ? readout.ApplyFinalNorm : IsLmHead(readout.Kind);
        }

        return readout;
    }

    /// <summary>The library's request for an effective readout.</summary>
    public static ReadoutRequest Read(WireReadout readout, HostedModel model, int rowCount, int length, BackboneOptions options)
    {
        if (readout.DataType is not (DataType.Fp32 or DataType.Fp16 or DataType.Bf16))
        {
            throw InputMapping.Invalid("readout.data_type", "Values travel as FP32, FP16 or BF16.");
        }

        if (readout.LabelTokenIds.Count > MaxLabelTokens)
        {
            throw InputMapping.Invalid("readout.label_token_ids", $"A readout takes at most {MaxLabelTokens} label tokens; this one has {readout.LabelTokenIds.Count}.");
        }

        foreach (var token in readout.LabelTokenIds)
        {
            if (token < 0 || token >= model.Description.VocabularySize)
            {
                throw new BackboneException(BackboneError.TokenOutOfRange, $"Label token {token} is not in 0..{model.Description.VocabularySize - 1}.")
                {
                    Metadata = new Dictionary<string, string> { ["field"] = "readout.label_token_ids", ["tokenId"] = $"{token}" },
                };
            }
        }

        if (readout.Kind == WireKind.TopK && readout.TopK is < 1 or > MaxTopK)
        {
            throw InputMapping.Invalid("readout.top_k", $"top_k is {readout.TopK}; it must be 1 to {MaxTopK}.");
        }

        var values = (long)rowCount * (readout.Positions == WirePositions.All ? length : 1) * Width(readout, model);
        if (values > options.MaxFrameValues)
        {
            throw InputMapping.Invalid("readout", $"One frame would hold {values} values; the limit is {options.MaxFrameValues}. Read fewer rows or positions.");
        }

        return new ReadoutRequest
        {
            Kind = ToLibrary(readout.Kind),
            LabelTokenIds = [.. readout.LabelTokenIds],
            TopK = readout.TopK,
            WithLogZ = readout.WithLogZ,
            ApplyFinalNorm = readout.ApplyFinalNorm,
            Positions = readout.Positions == WirePositions.All ? ReadoutPositions.All : ReadoutPositions.Last,
        };
    }

    private static bool IsLmHead(WireKind kind) => kind is WireKind.LabelTokens or WireKind.TopK or WireKind.FullVocabulary;

    private static int Width(WireReadout readout, HostedModel model) => readout.Kind switch
    {
        WireKind.HiddenState => model.Description.HiddenSize,
        WireKind.FullVocabulary or WireKind.TopK => model.Description.VocabularySize,
        WireKind.LabelTokens => readout.WithLogZ ? model.Description.VocabularySize : readout.LabelTokenIds.Count,
        _ => Math.Max(1, model.Description.Labels.Count),
    };

    private static ReadoutKind ToLibrary(WireKind kind) => kind switch
    {
        WireKind.ClassificationHead => ReadoutKind.ClassificationHead,
        WireKind.LabelTokens => ReadoutKind.LabelTokens,
        WireKind.TopK => ReadoutKind.TopK,
        WireKind.FullVocabulary => ReadoutKind.FullVocabulary,
        WireKind.HiddenState => ReadoutKind.HiddenState,
        _ => throw InputMapping.Invalid("readout.kind", $"Readout kind {(int)kind} is not known to this server."),
    };
}
