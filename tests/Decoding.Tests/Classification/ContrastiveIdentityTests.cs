using Strata.Decoding.Classification;
using Strata.Decoding.Layers;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Classification;

/// <summary>The identities of the method, on random stacks with fixed seeds.</summary>
public class ContrastiveIdentityTests
{
    private const int Cases = 2_000;

    public static TheoryData<string> Selections =>
        [LayerSelectionPolicies.MaxCosineDistance, LayerSelectionPolicies.MaxJensenShannon, LayerSelectionPolicies.MaxMidpointKl];

    public static TheoryData<ContrastiveParameters> PlainInDisguise => [
        new ContrastiveParameters { Method = ContrastiveMethod.StaticBeta, Beta = 0 },
        new ContrastiveParameters { Method = ContrastiveMethod.StaticBeta, Beta = 0, PlausibilityAlpha = 0 },
        new ContrastiveParameters { Method = ContrastiveMethod.Extrapolation, TargetLayer = RandomStacks.ExpertLayer },
        new ContrastiveParameters { Method = ContrastiveMethod.Extrapolation, TargetLayer = 90, BetaCap = 0 },
        new ContrastiveParameters { Method = ContrastiveMethod.StaticBeta, Beta = 3, PlausibilityAlpha = 1 },
        new ContrastiveParameters { Method = ContrastiveMethod.Extrapolation, TargetLayer = 30, PlausibilityAlpha = 1 },
        new ContrastiveParameters { Method = ContrastiveMethod.Plain },
    ];

    [Theory, MemberData(nameof(PlainInDisguise), DisableDiscoveryEnumeration = true)]
    public void Decide_BetaZeroOrTargetLOrAlphaOne_IsPlainInvariant(ContrastiveParameters parameters)
    {
        var random = new Random(11);
        for (var i = 0; i < Cases; i++)
        {
            var logits = RandomStacks.Next(random);
            var decision = RandomStacks.Decide(parameters, logits);
            Assert.Equal(Array.IndexOf(logits[^1], logits[^1].Max()), decision.Label);
            Assert.False(decision.Flipped);
        }
    }

    [Fact]
    public void Decide_StrongContrast_FlipsSometimes()
    {
        var random = new Random(12);
        var flips = Enumerable.Range(0, Cases).Count(_ => RandomStacks.Decide(new() { TargetLayer = 12 }, RandomStacks.Next(random)).Flipped);

        Assert.InRange(flips, Cases / 10, Cases * 9 / 10); // else the identities above would hold for a decision that ignores its layers
    }

    [Theory, MemberData(nameof(Selections))]
    public void Decide_ConstantAddedToALayer_ChangesNothingInvariant(string selection)
    {
        var random = new Random(13);
        AssertSameDecisions(selection, random, logits => [.. logits.Select(row => Shift(row, (random.NextDouble() - 0.5) * 1000))], tolerance: 1e-9);
    }

    [Theory, MemberData(nameof(Selections))]
    public void Decide_LogProbsInsteadOfLogits_ChangesNothingInvariant(string selection) =>
        AssertSameDecisions(selection, new Random(14), logits => [.. logits.Select(ToLogProbs)], tolerance: 1e-12);

    [Theory, MemberData(nameof(Selections))]
    public void Decide_DynamicBetaGivenAsStatic_DecidesAlikeInvariant(string selection)
    {
        var random = new Random(15);
        for (var i = 0; i < Cases; i++)
        {
            var logits = RandomStacks.Next(random);
            var dynamic = RandomStacks.Decide(new() { TargetLayer = 10, LayerSelection = selection }, logits);
            var amateur = dynamic.AmateurLayer!.Value;
            Assert.Equal(3.0 / (RandomStacks.ExpertLayer - amateur), dynamic.Beta, 1e-15);

            var fixedLayer = RandomStacks.Decide(
                new() { Method = ContrastiveMethod.StaticBeta, Beta = dynamic.Beta, LayerSelection = "fixed", FixedAmateurLayer = amateur }, logits);

            Assert.Equal(dynamic.ContrastiveScores, fixedLayer.ContrastiveScores);
            Assert.Equal(dynamic.Label, fixedLayer.Label);
        }
    }

    [Fact]
    public void Decide_EnormousBeta_RanksAsDoLaDoesInvariant()
    {
        var random = new Random(16);
        var parameters = new ContrastiveParameters { Method = ContrastiveMethod.StaticBeta, Beta = 1e9 };
        for (var i = 0; i < Cases; i++)
        {
            var decision = RandomStacks.Decide(parameters, RandomStacks.Next(random));
            int[] ranked = [.. Enumerable.Range(0, RandomStacks.ClassCount).Where(c => decision.Plausible[c])];
            int[] byScore = [.. ranked.OrderBy(c => decision.ContrastiveScores[c])];
            int[] byDifference = [.. ranked.OrderBy(c => decision.ExpertLogProbs[c] - decision.AmateurLogProbs[c])];
            Assert.Equal(byDifference, byScore);
        }
    }

    [Fact]
    public void Decide_AnyStack_ProbabilitiesSumToOneOverThePlausibleInvariant()
    {
        var random = new Random(17);
        for (var i = 0; i < Cases; i++)
        {
            var decision = RandomStacks.Decide(new() { TargetLayer = 9 }, RandomStacks.Next(random));
            var sum = 0.0;
            for (var c = 0; c < RandomStacks.ClassCount; c++)
            {
                sum += decision.Probabilities[c];
                Assert.Equal(decision.Plausible[c], decision.Probabilities[c] > 0);
                Assert.Equal(decision.Plausible[c], double.IsFinite(decision.ContrastiveScores[c]));
            }

            Assert.Equal(1, sum, 1e-12);
            Assert.True(decision.Plausible[decision.PlainLabel]);
        }
    }

    private static void AssertSameDecisions(string selection, Random random, Func<double[][], double[][]> change, double tolerance)
    {
        var parameters = new ContrastiveParameters { TargetLayer = 9, LayerSelection = selection };
        for (var i = 0; i < Cases; i++)
        {
            var logits = RandomStacks.Next(random);
            var expected = RandomStacks.Decide(parameters, logits);
            var actual = RandomStacks.Decide(parameters, change(logits));

            Assert.Equal(expected.Label, actual.Label);
            Assert.Equal(expected.AmateurLayer, actual.AmateurLayer);
            Assert.Equal(expected.Plausible, actual.Plausible);
            for (var c = 0; c < RandomStacks.ClassCount; c++)
            {
                Tolerance.AssertClose(expected.Probabilities[c], actual.Probabilities[c], tolerance, $"case {i}, class {c}");
            }
        }
    }

    private static double[] Shift(double[] row, double constant) => [.. row.Select(value => value + constant)];

    private static double[] ToLogProbs(double[] row)
    {
        var logProbs = new double[row.Length];
        LogSoftmax.Compute<double>(row, logProbs);
        return logProbs;
    }
}
