using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Contrast;
using Strata.Decoding.Extrapolation;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Golden;

/// <summary>Plausibility, static contrast, DoLa's difference and extrapolation, each on the reference's own amateur.</summary>
public class ContrastGoldenTests
{
    public static TheoryData<string, string> Stacks => MethodStack.In("synthetic", "classifiers", "decoders");

    public static TheoryData<string, string> CosineStacks => MethodStack.In("cosine");

    [Theory, MemberData(nameof(Stacks))]
    public void Plausibility_Double_MatchesReference(string file, string stack) =>
        MatchesPlausibility<double>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(Stacks))]
    public void Plausibility_Float_MatchesReference(string file, string stack) => MatchesPlausibility<float>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(Stacks))]
    public void ContrastiveScore_Double_MatchesReference(string file, string stack) => MatchesStatic<double>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(Stacks))]
    public void ContrastiveScore_Float_MatchesReference(string file, string stack) => MatchesStatic<float>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(Stacks))]
    public void LinearLayerExtrapolation_Double_MatchesReference(string file, string stack) =>
        MatchesExtrapolation<double>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(Stacks))]
    public void LinearLayerExtrapolation_Float_MatchesReference(string file, string stack) =>
        MatchesExtrapolation<float>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(CosineStacks))]
    public void LinearLayerExtrapolation_PaperCodeDouble_MatchesReference(string file, string stack) =>
        MatchesPaperCode<double>(MethodStack.Load(file, stack));

    [Theory, MemberData(nameof(CosineStacks))]
    public void LinearLayerExtrapolation_PaperCodeFloat_MatchesReference(string file, string stack) =>
        MatchesPaperCode<float>(MethodStack.Load(file, stack));

    private static void MatchesPlausibility<T>(MethodStack stack) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        foreach (var alpha in stack.Alphas)
        {
            var plausible = Mark<T>(stack, new StackDistributions<T>(stack), alpha);
            if (IsFirm<T>(stack, alpha))
            {
                Assert.Equal(stack.Mask($"apc.{MethodStack.Key(alpha)}"), plausible);
            }
        }
    }

    private static void MatchesStatic<T>(MethodStack stack) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var distributions = new StackDistributions<T>(stack);
        foreach (var alpha in stack.Alphas)
        {
            var plausible = Mark<T>(stack, distributions, alpha);
            foreach (var beta in stack.Numbers("cd_betas"))
            {
                var quantity = $"cd.{MethodStack.Key(alpha)}.{MethodStack.Key(beta)}";
                var scores = Score(stack, distributions, plausible, T.CreateChecked(beta));
                AssertScores<T>(stack, quantity, scores, distributions.Magnitude * (1 + (2 * beta)), shifted: true, IsFirm<T>(stack, alpha));
            }

            // DoLa's ln p_e - ln p_a is the score at beta 1 less one more ln p_e, where the expert does not rule the class out.
            var dola = Score(stack, distributions, plausible, T.One);
            var expert = distributions.LogProbs(stack.Expert);
            for (var c = 0; c < dola.Length; c++)
            {
                dola[c] = T.IsNegativeInfinity(dola[c]) ? dola[c] : dola[c] - expert[c];
            }

            AssertScores<T>(stack, $"dola.{MethodStack.Key(alpha)}", dola, 3 * distributions.Magnitude, shifted: false, IsFirm<T>(stack, alpha));
            AssertProbabilities<T>(stack, $"dola_probs.{MethodStack.Key(alpha)}", dola);
        }
    }

    private static void MatchesExtrapolation<T>(MethodStack stack) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var distributions = new StackDistributions<T>(stack);
        var betas = stack.Doubles("lle_beta");
        foreach (var alpha in stack.Alphas)
        {
            var plausible = Mark<T>(stack, distributions, alpha);
            foreach (var (target, expectedBeta) in stack.Targets.Zip(betas))
            {
                var quantity = $"{MethodStack.Key(target)}.{MethodStack.Key(alpha)}";
                var scores = Extrapolate(stack, distributions, plausible, target, expectedBeta);
                var magnitude = distributions.Magnitude * (1 + (2 * expectedBeta));
                AssertScores<T>(stack, $"lle.{quantity}", scores, magnitude, shifted: true, IsFirm<T>(stack, alpha));
                AssertProbabilities<T>(stack, $"lle_probs.{quantity}", scores);
                var gap = stack.Entry("argmax_gap", $"lle.{quantity}");
                if ((gap == 0 && typeof(T) == typeof(double)) || gap > Tolerance.ChoiceGap<T>() * magnitude)
                {
                    Assert.Equal(stack.ArgMax($"lle.{quantity}"), TensorPrimitives.IndexOfMax<T>(scores));
                }
            }
        }
    }

    private static void MatchesPaperCode<T>(MethodStack stack) where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var distributions = new StackDistributions<T>(stack);
        foreach (var alpha in stack.Alphas)
        {
            var plausible = Mark<T>(stack, distributions, alpha);
            foreach (var (target, expectedBeta) in stack.Targets.Zip(stack.Numbers("betas")))
            {
                var scores = Extrapolate(stack, distributions, plausible, target, expectedBeta);
                AssertScores<T>(
                    stack,
                    $"score.{MethodStack.Key(target)}.{MethodStack.Key(alpha)}",
                    scores,
                    distributions.Magnitude * (1 + (2 * expectedBeta)),
                    shifted: false,
                    IsFirmByHand(distributions.LogProbs(stack.Expert), alpha));
            }
        }
    }

    private static bool IsFirm<T>(MethodStack stack, double alpha) where T : INumber<T> =>
        stack.Entry("apc_margin", MethodStack.Key(alpha)) > Tolerance.ApcMargin<T>();

    /// <summary>The cosine file stores no margin: measure it.</summary>
    private static bool IsFirmByHand<T>(ReadOnlySpan<T> expertLogProbs, double alpha) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bar = double.CreateChecked(TensorPrimitives.Max(expertLogProbs)) + Math.Log(alpha);
        var firm = true;
        foreach (var logProb in expertLogProbs)
        {
            firm &= Math.Abs(double.CreateChecked(logProb) - bar) > Tolerance.ApcMargin<T>();
        }

        return firm;
    }

    private static bool[] Mark<T>(MethodStack stack, StackDistributions<T> distributions, double alpha)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var plausible = new bool[stack.ClassCount];
        var count = Plausibility.Mark(distributions.LogProbs(stack.Expert), alpha, plausible);
        Assert.Equal(plausible.Count(p => p), count);
        return plausible;
    }

    private static T[] Score<T>(MethodStack stack, StackDistributions<T> distributions, bool[] plausible, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var scores = new T[stack.ClassCount];
        ContrastiveScore.Compute(distributions.LogProbs(stack.Expert), distributions.LogProbs(stack.Int("amateur")), plausible, beta, scores);
        return scores;
    }

    private static T[] Extrapolate<T>(MethodStack stack, StackDistributions<T> distributions, bool[] plausible, double target, double expectedBeta)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var scores = new T[stack.ClassCount];
        var amateur = stack.Int("amateur");
        var beta = LinearLayerExtrapolation.Compute(
            distributions.LogProbs(stack.Expert), distributions.LogProbs(amateur), plausible, stack.Expert, amateur, target, null, scores.AsSpan());
        Tolerance.AssertClose(expectedBeta, beta.Value, 1e-12 * Math.Max(1, expectedBeta), "beta");
        return scores;
    }

    // shifted: the reference scored raw logits, which differ from log-probabilities by one constant of the stack.
    // firm: no class lies so close to the bar that its membership is not checked.
    private static void AssertScores<T>(MethodStack stack, string quantity, T[] scores, double magnitude, bool shifted, bool firm)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var expected = stack.Doubles(quantity);
        double[] actual = [.. scores.Select(double.CreateChecked)];
        var anchor = shifted ? Enumerable.Range(0, expected.Length).FirstOrDefault(c => double.IsFinite(expected[c]) && double.IsFinite(actual[c]), -1) : -1;
        var shift = anchor < 0 ? 0 : expected[anchor] - actual[anchor];
        for (var c = 0; c < expected.Length; c++)
        {
            if (firm || (!double.IsNegativeInfinity(expected[c]) && !double.IsNegativeInfinity(actual[c])))
            {
                Tolerance.AssertClose(expected[c], actual[c] + shift, Tolerance.Relative<T>() * magnitude, $"{quantity}[{c}]");
            }
        }
    }

    private static void AssertProbabilities<T>(MethodStack stack, string quantity, T[] scores) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!stack.Has(quantity))
        {
            return;
        }

        var probs = new T[scores.Length];
        Softmax.Compute<T>(scores, probs);
        var expected = stack.Doubles(quantity);
        for (var c = 0; c < expected.Length; c++)
        {
            Tolerance.AssertClose(expected[c], double.CreateChecked(probs[c]), Tolerance.Probability<T>(), $"{quantity}[{c}]");
        }
    }
}
