using Strata.Decoding.Classification;
using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Golden;

/// <summary>The whole decision against the references, through the public surface.</summary>
public class ContrastiveClassifierGoldenTests
{
    /// <summary>The references also contrast with layer 0, which a request may not; only differences of layers enter, so every layer
    /// moves up by one.</summary>
    private const int Shift = 1;

    public static TheoryData<string, string> Stacks => MethodStack.In("synthetic", "classifiers", "decoders");

    public static TheoryData<string, string> CosineStacks => MethodStack.In("cosine");

    [Theory, MemberData(nameof(Stacks))]
    public void Decide_Extrapolation_MatchesReference(string file, string name)
    {
        var stack = MethodStack.Load(file, name);
        if (stack.ClassCount == 1)
        {
            AssertRefusesOneClass(stack);
            return;
        }

        foreach (var (target, beta) in stack.Targets.Zip(stack.Doubles("lle_beta")))
        {
            foreach (var alpha in stack.Alphas)
            {
                var decision = Decide(stack, target, alpha, LayerSelectionPolicies.MaxJensenShannon);
                if (stack.Number("jsd_gap") is > 1e-9 or 0)
                {
                    var quantity = $"{MethodStack.Key(target)}.{MethodStack.Key(alpha)}";
                    Assert.Equal(stack.Int("amateur") + Shift, decision.AmateurLayer);
                    Tolerance.AssertClose(beta, decision.Beta, Tolerance.Relative<double>() * Math.Max(1, beta), "beta");
                    AssertChoice(stack, $"lle.{quantity}", decision);
                    AssertProbabilities(stack, $"lle_probs.{quantity}", decision);
                }
            }
        }
    }

    [Theory, MemberData(nameof(CosineStacks))]
    public void Decide_PaperCode_MatchesReference(string file, string name)
    {
        var stack = MethodStack.Load(file, name);
        if (stack.ClassCount == 1)
        {
            AssertRefusesOneClass(stack);
            return;
        }

        foreach (var (target, beta) in stack.Targets.Zip(stack.Numbers("betas")))
        {
            var decision = Decide(stack, target, 0.5, LayerSelectionPolicies.MaxCosineDistance);
            if (stack.Number("distance_gap") > 1e-9)
            {
                Assert.Equal(stack.Int("amateur") + Shift, decision.AmateurLayer);
                Tolerance.AssertClose(beta, decision.Beta, Tolerance.Relative<double>() * Math.Max(1, beta), "beta");
                var expected = stack.Doubles($"score.{MethodStack.Key(target)}.0.5");
                Assert.Equal(Array.IndexOf(expected, expected.Max()), decision.Label);
            }
        }
    }

    private static void AssertRefusesOneClass(MethodStack stack)
    {
        var exception = Assert.Throws<DecodingException>(() => new ContrastiveClassifier(new(), stack.Expert + Shift, stack.ClassCount));
        Assert.Equal(DecodingError.LabelSetTooSmall, exception.Error);
    }

    private static ContrastiveDecision Decide(MethodStack stack, double target, double alpha, string selection)
    {
        var parameters = new ContrastiveParameters
        {
            Method = ContrastiveMethod.Extrapolation,
            LayerSelection = selection,
            CandidateLayers = CandidateLayers.Of(stack.Candidates.Select(l => l + Shift)),
            PlausibilityAlpha = alpha,
            TargetLayer = target + Shift,
        };
        var classifier = new ContrastiveClassifier(parameters, stack.Expert + Shift, stack.ClassCount);
        var logits = classifier.CreateLogits();
        foreach (var layer in logits.ExitLayers)
        {
            logits.Set(layer, stack.Logits.AsSpan((layer - Shift) * stack.ClassCount, stack.ClassCount));
        }

        var decision = classifier.CreateDecision();
        classifier.Decide(logits, decision);
        return decision;
    }

    private static void AssertChoice(MethodStack stack, string quantity, ContrastiveDecision decision)
    {
        var largest = Math.Max(1, stack.Doubles(quantity).Where(double.IsFinite).Max(Math.Abs));
        if (stack.Entry("argmax_gap", quantity) is var gap && (gap == 0 || gap > Tolerance.ChoiceGap<double>() * largest))
        {
            Assert.Equal(stack.ArgMax(quantity), decision.Label);
        }
    }

    private static void AssertProbabilities(MethodStack stack, string quantity, ContrastiveDecision decision)
    {
        if (stack.Has(quantity))
        {
            var expected = stack.Doubles(quantity);
            for (var c = 0; c < expected.Length; c++)
            {
                Tolerance.AssertClose(expected[c], decision.Probabilities[c], Tolerance.Probability<double>(), $"{quantity}[{c}]");
            }
        }
    }
}
