using System.Numerics;

namespace Strata.Benchmarks.Kernels;

/// <summary>The baselines: the equations of docs/equations.md as the loop one would write first, stable but one number at a time.</summary>
internal static class ScalarLoops
{
    public static void LogSoftmax<T>(ReadOnlySpan<T> logits, Span<T> logProbs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var max = Max(logits);
        var sum = T.Zero;
        for (var c = 0; c < logits.Length; c++)
        {
            sum += T.Exp(logits[c] - max);
        }

        var logSum = T.Log(sum);
        for (var c = 0; c < logits.Length; c++)
        {
            logProbs[c] = logits[c] - max - logSum;
        }
    }

    public static void Softmax<T>(ReadOnlySpan<T> scores, Span<T> probs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var max = Max(scores);
        var sum = T.Zero;
        for (var c = 0; c < scores.Length; c++)
        {
            probs[c] = T.Exp(scores[c] - max);
            sum += probs[c];
        }

        for (var c = 0; c < probs.Length; c++)
        {
            probs[c] /= sum;
        }
    }

    public static void Exp<T>(ReadOnlySpan<T> logProbs, Span<T> probs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var c = 0; c < logProbs.Length; c++)
        {
            probs[c] = T.Exp(logProbs[c]);
        }
    }

    public static T CosineDistance<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T dot = T.Zero, pp = T.Zero, qq = T.Zero;
        for (var c = 0; c < p.Length; c++)
        {
            dot += p[c] * q[c];
            pp += p[c] * p[c];
            qq += q[c] * q[c];
        }

        return T.One - (dot / T.Sqrt(pp * qq) / (T.One + T.One));
    }

    public static T JensenShannon<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = T.One / (T.One + T.One);
        var sum = T.Zero;
        for (var c = 0; c < p.Length; c++)
        {
            var m = (p[c] + q[c]) * half;
            if (p[c] > T.Zero)
            {
                sum += p[c] * T.Log(p[c] / m);
            }

            if (q[c] > T.Zero)
            {
                sum += q[c] * T.Log(q[c] / m);
            }
        }

        return sum * half;
    }

    public static void MarkPlausible<T>(ReadOnlySpan<T> expertLogProbs, double alpha, Span<bool> plausible) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bar = Max(expertLogProbs) + T.CreateChecked(Math.Log(alpha));
        for (var c = 0; c < plausible.Length; c++)
        {
            plausible[c] = expertLogProbs[c] >= bar;
        }
    }

    public static void ContrastiveScore<T>(
        ReadOnlySpan<T> expertLogProbs, ReadOnlySpan<T> amateurLogProbs, ReadOnlySpan<bool> plausible, T beta, Span<T> scores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var c = 0; c < scores.Length; c++)
        {
            scores[c] = plausible[c] ? ((T.One + beta) * expertLogProbs[c]) - (beta * amateurLogProbs[c]) : T.NegativeInfinity;
        }
    }

    public static int IndexOfMax<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var best = 0;
        for (var c = 1; c < values.Length; c++)
        {
            best = values[c] > values[best] ? c : best;
        }

        return best;
    }

    private static T Max<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> => values[IndexOfMax(values)];
}
