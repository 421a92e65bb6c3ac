using Strata.Contracts.Backbone.V1;
using Strata.Decoding.Classification;

namespace Strata.Decoding.Service.Decode;

/// <summary>How a row of a layer frame becomes the scores of the labels: a classification head's columns, or the tokens of a verbalizer.</summary>
internal sealed class LabelReadout
{
    private readonly Verbalizer? _verbalizer;
    private readonly int[]? _columns; // null: all, in order
    private readonly double[]? _logPriors;

    private LabelReadout(IReadOnlyList<string> labels, int width, Contracts.Backbone.V1.Readout readout, Verbalizer? verbalizer, int[]? columns, double[]? logPriors)
    {
        Labels = labels;
        Width = width;
        Readout = readout;
        _verbalizer = verbalizer;
        _columns = columns;
        _logPriors = logPriors;
    }

    /// <summary>[C] label names.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Values of a frame's row: classes of the head, or tokens of the verbalizer.</summary>
    public int Width { get; }

    /// <summary>What to ask the Backbone for.</summary>
    public Contracts.Backbone.V1.Readout Readout { get; }

    /// <param name="labels">Names, in the order of the decision.</param>
    /// <param name="columns">For each label its class of the head; null: all of them in order.</param>
    /// <param name="classCount">Classes of the head.</param>
    /// <param name="priors">One prior for each label; null: no calibration.</param>
    public static LabelReadout OfHead(IReadOnlyList<string> labels, int[]? columns, int classCount, IReadOnlyList<double>? priors) => new(
        labels,
        classCount,
        new Contracts.Backbone.V1.Readout { Kind = ReadoutKind.ClassificationHead },
        null,
        columns,
        priors is null ? null : [.. priors.Select(prior => Math.Log(prior))]);

    /// <param name="labels">Names, in the order of the decision.</param>
    /// <param name="verbalizer">Their tokens and priors.</param>
    /// <param name="applyFinalNorm">Whether early layers pass the final norm.</param>
    public static LabelReadout OfTokens(IReadOnlyList<string> labels, Verbalizer verbalizer, bool applyFinalNorm)
    {
        var readout = new Contracts.Backbone.V1.Readout { Kind = ReadoutKind.LabelTokens, ApplyFinalNorm = applyFinalNorm };
        readout.LabelTokenIds.AddRange(verbalizer.TokenIds.ToArray());
        return new LabelReadout(labels, verbalizer.TokenIds.Length, readout, verbalizer, null, null);
    }

    /// <summary>Scores the labels.</summary>
    /// <param name="values">[Width] one row of a frame.</param>
    /// <param name="labelScores">[C] receives the scores.</param>
    public void Read(ReadOnlySpan<float> values, Span<double> labelScores)
    {
        if (_verbalizer is not null)
        {
            _verbalizer.Aggregate(values, labelScores);
            return;
        }

        for (var label = 0; label < labelScores.Length; label++)
        {
            labelScores[label] = values[_columns?[label] ?? label] - (_logPriors?[label] ?? 0);
        }
    }
}
