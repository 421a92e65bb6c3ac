using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Numerics;
using static System.FormattableString;

namespace Strata.Decoding.Contrast;

/// <summary>Scores each plausible class: s(c) = (1 + beta) ln p_e(c) - beta ln p_a(c). docs/equations.md CS-1.</summary>
/// <remarks>The one place where the expert and the amateur are subtracted: static beta, extrapolation and DoLa's limit all end
/// here.</remarks>
internal static class ContrastiveScore
{
    /// <param name="expertLogProbs">[C] natural-log probabilities of the expert layer.</param>
    /// <param name="amateurLogProbs">[C] natural-log probabilities of the amateur layer.</param>
    /// <param name="plausible">[C] from <see cref="Plausibility"/>; at least one is set.</param>
    /// <param name="beta">Contrast strength, any finite value; 0 returns the expert's log-probabilities.</param>
    /// <param name="contrastiveScores">[C] receives the scores; implausible classes receive -infinity. Overlaps no input.</param>
    /// <exception cref="ArgumentException">Empty, lengths differ, spans overlap, or <paramref name="beta"/> is not finite.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: no plausible class keeps a score, or a score is NaN (an input was, or
    /// (1 + beta) ln p overflows).</exception>
    /// <remarks>A class at -infinity for the expert is -infinity whatever the amateur says; one that is finite for the expert and
    /// -infinity for the amateur scores +infinity if beta > 0, and -infinity if beta &lt; 0. Allocates nothing. Deviation CS-D1: an
    /// explicit -infinity replaces the authors' -999999999, DoLa's -1000 and Hugging Face's -0.001.</remarks>
    public static void Compute<T>(
        ReadOnlySpan<T> expertLogProbs, ReadOnlySpan<T> amateurLogProbs, ReadOnlySpan<bool> plausible, T beta, Span<T> contrastiveScores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireEqual(expertLogProbs.Length, amateurLogProbs.Length);
        SpanLengths.RequireEqual(expertLogProbs.Length, plausible.Length);
        SpanLengths.RequireEqual(expertLogProbs.Length, contrastiveScores.Length);
        RequireUsable(expertLogProbs, amateurLogProbs, beta, contrastiveScores);

        // Few of a vocabulary are plausible, so only their runs are computed.
        contrastiveScores.Fill(T.NegativeInfinity);
        for (var start = NextRun(plausible, 0, out var length); length > 0; start = NextRun(plausible, start + length, out length))
        {
            Contrast(expertLogProbs.Slice(start, length), amateurLogProbs.Slice(start, length), beta, contrastiveScores.Slice(start, length));
        }

        var best = TensorPrimitives.Max<T>(contrastiveScores); // NaN if any is
        if (T.IsNaN(best) || T.IsNegativeInfinity(best))
        {
            throw new DecodingException(
                DecodingError.NonFiniteLogits,
                Invariant($"Contrasting with beta {beta} leaves no score: the amateur rules out every class left, or it overflows."));
        }
    }

    /// <summary>(1 + beta) ln p_e - beta ln p_a for classes that are all plausible.</summary>
    private static void Contrast<T>(ReadOnlySpan<T> expertLogProbs, ReadOnlySpan<T> amateurLogProbs, T beta, Span<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (T.IsZero(beta))
        {
            expertLogProbs.CopyTo(scores); // 0 times the amateur's -infinity would be NaN
            return;
        }

        TensorPrimitives.Multiply(expertLogProbs, T.One + beta, scores);
        TensorPrimitives.MultiplyAdd(amateurLogProbs, -beta, scores, scores);
        if (!T.IsNegativeInfinity(TensorPrimitives.Min(expertLogProbs)))
        {
            return;
        }

        for (var c = 0; c < scores.Length; c++)
        {
            scores[c] = T.IsNegativeInfinity(expertLogProbs[c]) ? T.NegativeInfinity : scores[c];
        }
    }

    private static int NextRun(ReadOnlySpan<bool> plausible, int from, out int length)
    {
        var start = plausible[from..].IndexOf(true);
        if (start < 0)
        {
            length = 0;
            return from;
        }

        var rest = plausible[(from + start)..];
        length = rest.IndexOf(false);
        length = length < 0 ? rest.Length : length;
        return from + start;
    }

    private static void RequireUsable<T>(ReadOnlySpan<T> expert, ReadOnlySpan<T> amateur, T beta, Span<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(beta))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "beta must be finite.");
        }

        if (expert.Overlaps(scores) || amateur.Overlaps(scores))
        {
            throw new ArgumentException("The scores must not overlap an input.", nameof(scores));
        }
    }
}
