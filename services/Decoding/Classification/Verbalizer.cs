using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Classification;

/// <summary>Maps each label to token ids of a language model, and the scores of those tokens to scores of the labels. docs/equations.md
/// VB-1.</summary>
/// <remarks>First-token scoring: each synonym stands as the first token of its spelling, leading space included, as in the anchors
/// paper. Immutable and thread-safe.</remarks>
public sealed class Verbalizer
{
    private readonly int[] _tokenIds;
    private readonly int[] _ends; // [C] end of each label's tokens in _tokenIds
    private readonly double[]? _logPriors; // [C]

    /// <param name="tokenIdsPerLabel">[C] for each label the first tokens of its synonyms; one given twice in a label counts once.</param>
    /// <param name="priors">[C] what the model answers without a query, positive, not necessarily summing to 1; null: no
    /// calibration.</param>
    /// <exception cref="DecodingException">LabelSetTooSmall, LabelWithoutTokens, TokenOutOfRange, LabelTokenShared, PriorsInvalid; the
    /// violations list all, with fields <c>TokenIds[label]</c> and <c>Priors</c>.</exception>
    public Verbalizer(IReadOnlyList<IReadOnlyList<int>> tokenIdsPerLabel, IReadOnlyList<double>? priors = null)
    {
        ArgumentNullException.ThrowIfNull(tokenIdsPerLabel);
        if (VerbalizerValidation.Run(tokenIdsPerLabel, priors) is { Count: > 0 } violations)
        {
            throw new DecodingException(violations);
        }

        int[][] distinct = [.. tokenIdsPerLabel.Select(ids => ids.Distinct().ToArray())];
        _tokenIds = [.. distinct.SelectMany(ids => ids)];
        _ends = new int[distinct.Length];
        for (int label = 0, end = 0; label < distinct.Length; label++)
        {
            _ends[label] = end += distinct[label].Length;
        }

        _logPriors = priors is null ? null : [.. priors.Select(prior => Math.Log(prior))];
    }

    /// <summary>C, the number of labels.</summary>
    public int LabelCount => _ends.Length;

    /// <summary>[n] the distinct tokens to read out, label after label: the order in which
    /// <see cref="Aggregate(ReadOnlySpan{double}, Span{double})"/> takes their scores.</summary>
    public ReadOnlySpan<int> TokenIds => _tokenIds;

    /// <summary>Scores the labels: the log-sum-exp of their tokens' scores, less ln prior.</summary>
    /// <param name="tokenLogits">[n] logits or log-probabilities of <see cref="TokenIds"/>, in that order.</param>
    /// <param name="labelScores">[C] receives the scores: log-probabilities of the labels if the tokens' were, else up to a constant of the
    /// layer, which a decision does not see.</param>
    /// <exception cref="ArgumentException">The lengths are not n and C.</exception>
    /// <remarks>A label all of whose tokens are -infinity is -infinity; NaN and +infinity pass through, for the decision to refuse.
    /// Allocates nothing.</remarks>
    public void Aggregate(ReadOnlySpan<double> tokenLogits, Span<double> labelScores) => Score(tokenLogits, labelScores);

    /// <inheritdoc cref="Aggregate(ReadOnlySpan{double}, Span{double})"/>
    public void Aggregate(ReadOnlySpan<float> tokenLogits, Span<double> labelScores) => Score(tokenLogits, labelScores);

    private void Score<T>(ReadOnlySpan<T> tokenLogits, Span<double> labelScores) where T : unmanaged, INumber<T>
    {
        if (tokenLogits.Length != _tokenIds.Length || labelScores.Length != _ends.Length)
        {
            throw new ArgumentException(
                $"{_tokenIds.Length} tokens of {_ends.Length} labels do not fit {tokenLogits.Length} logits, {labelScores.Length} scores.");
        }

        for (int label = 0, start = 0; label < labelScores.Length; start = _ends[label++])
        {
            labelScores[label] = WidenedLogSumExp(tokenLogits[start.._ends[label]]) - (_logPriors?[label] ?? 0);
        }
    }

    /// <summary>Log-sum-exp in float64, so that labels of many synonyms are as exact as labels of one.</summary>
    private static double WidenedLogSumExp<T>(ReadOnlySpan<T> tokenLogits) where T : unmanaged, INumber<T>
    {
        Span<double> block = stackalloc double[Math.Min(Block.Length, tokenLogits.Length)];
        var total = double.NegativeInfinity;
        while (!tokenLogits.IsEmpty)
        {
            var part = block[..Math.Min(block.Length, tokenLogits.Length)];
            TensorPrimitives.ConvertTruncating(tokenLogits[..part.Length], part);
            total = LogSumExp.Compute<double>([total, LogSumExp.Compute<double>(part)]);
            tokenLogits = tokenLogits[part.Length..];
        }

        return total;
    }
}
