using Strata.Decoding.Classification;
using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Classification;

public class ContrastiveClassifierTests
{
    private const double NegInf = double.NegativeInfinity;

    // [layer][C]: layer 1 prefers label 0, layer 2 is undecided, the expert slightly prefers 0 to 1.
    private static readonly double[][] Stack = [[3, 0, 0], [0, 0, 0], [1.1, 1, -9]];

    [Fact]
    public void Decide_Extrapolation_FillsTheWholeDecision()
    {
        var (classifier, decision) = Decide(new() { TargetLayer = 5 }, Stack);

        Assert.Equal([1, 2, 3], classifier.ExitLayers);
        Assert.Equal([1, 2], decision.CandidateLayers);
        Assert.Equal(1, decision.AmateurLayer);
        Assert.True(decision.SelectionDistances[0] > decision.SelectionDistances[1]);
        Assert.Equal(1, decision.Beta);
        Assert.False(decision.BetaCapped);
        Assert.Equal([true, true, false], decision.Plausible);
        Assert.Equal((2 * decision.ExpertLogProbs[1]) - decision.AmateurLogProbs[1], decision.ContrastiveScores[1], 1e-14);
        Assert.Equal(NegInf, decision.ContrastiveScores[2]);
        Assert.Equal(0, decision.PlainLabel);
        Assert.Equal(1, decision.Label);
        Assert.True(decision.Flipped);
    }

    [Fact]
    public void Decide_Capped_SaysSo()
    {
        var (_, decision) = Decide(new() { TargetLayer = 5, BetaCap = 0.25 }, Stack);

        Assert.Equal(0.25, decision.Beta);
        Assert.True(decision.BetaCapped);
    }

    [Fact]
    public void Decide_Plain_HasNoAmateur()
    {
        var (classifier, decision) = Decide(new() { Method = ContrastiveMethod.Plain }, Stack);

        Assert.Equal([3], classifier.ExitLayers);
        Assert.Null(decision.AmateurLayer);
        Assert.Empty(decision.AmateurLogProbs.ToArray());
        Assert.Empty(decision.SelectionDistances.ToArray());
        Assert.Equal(decision.ExpertLogProbs, decision.ContrastiveScores);
        Assert.Equal([true, true, true], decision.Plausible);
        Assert.Equal(0, decision.Label);
    }

    [Fact]
    public void Decide_Fixed_ReadsOutOneCandidateOnly()
    {
        var (classifier, decision) = Decide(
            new() { LayerSelection = LayerSelectionPolicies.Fixed, FixedAmateurLayer = 2, CandidateLayers = CandidateLayers.Of(1) }, Stack);

        Assert.Equal([2, 3], classifier.ExitLayers);
        Assert.Equal(2, decision.AmateurLayer);
        Assert.Equal([double.NaN], decision.SelectionDistances);
    }

    [Fact]
    public void Parameters_TargetLayerAbsent_EchoTheOneInEffect() =>
        Assert.Equal(3 + ContrastiveDefaults.LayersBeyondExpert, new ContrastiveClassifier(new(), 3, 3).Parameters.TargetLayer);

    [Fact]
    public void Decide_LabelsTie_TakesTheLowest()
    {
        var (_, decision) = Decide(new(), [[0, 1, 1], [0, 1, 1], [0, 2, 2]]);

        Assert.Equal(1, decision.PlainLabel);
        Assert.Equal(1, decision.Label);
    }

    [Fact]
    public void Decide_LayersTie_TakesTheLowest()
    {
        var (_, decision) = Decide(new(), [[1, 0, 0], [1, 0, 0], [0, 2, 2]]);

        Assert.Equal(1, decision.AmateurLayer);
    }

    [Fact]
    public void Decide_OnlyTheAmateurRulesALabelOut_GivesItAllProbability()
    {
        var (_, decision) = Decide(new(), [[0, NegInf, 5], [0, 1, 2], [0, 2, 2]]);

        Assert.Equal(1, decision.Label);
        Assert.Equal(double.PositiveInfinity, decision.ContrastiveScores[1]);
        Assert.Equal([0.0, 1.0, 0.0], decision.Probabilities);
    }

    [Fact]
    public void Decide_ExpertRulesALabelOut_GivesItNone()
    {
        var (_, decision) = Decide(new() { PlausibilityAlpha = 0 }, [[NegInf, 1, 5], [0, 1, 2], [NegInf, 2, 2]]);

        Assert.Equal(NegInf, decision.ContrastiveScores[0]);
        Assert.Equal(0, decision.Probabilities[0]);
    }

    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(2, double.NaN)]
    public void Decide_NonFiniteLogit_NamesTheLayer(int layer, double bad)
    {
        double[][] stack = [[0, 1, 2], [0, 1, 2], [0, 1, 2]];
        stack[layer][1] = bad;

        var exception = Assert.Throws<DecodingException>(() => Decide(new(), stack));

        Assert.Equal(DecodingError.NonFiniteLogits, exception.Error);
        Assert.Contains($"layer {layer + 1}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AfterARefusal_DecidesTheNextExample()
    {
        var classifier = new ContrastiveClassifier(new() { Method = ContrastiveMethod.Plain }, 3, 2);
        var (logits, decision) = (classifier.CreateLogits(), classifier.CreateDecision());
        logits.Set(3, [double.NaN, 1]);
        Assert.Throws<DecodingException>(() => classifier.Decide(logits, decision));

        logits.Set(3, [0.0, 1]);
        classifier.Decide(logits, decision);

        Assert.Equal(1, decision.Label);
    }

    [Fact]
    public void Decide_Reused_EqualsAFreshClassifierInvariant()
    {
        var random = new Random(21);
        var classifier = new ContrastiveClassifier(new(), RandomStacks.ExpertLayer, RandomStacks.ClassCount);
        var (buffer, decision) = (classifier.CreateLogits(), classifier.CreateDecision());
        for (var i = 0; i < 500; i++)
        {
            var stack = RandomStacks.Next(random);
            foreach (var layer in buffer.ExitLayers)
            {
                buffer.Set(layer, stack[layer]);
            }

            classifier.Decide(buffer, decision);

            var fresh = RandomStacks.Decide(new(), stack);
            Assert.Equal(fresh.Label, decision.Label);
            Assert.Equal(fresh.AmateurLayer, decision.AmateurLayer);
            Assert.Equal(fresh.Probabilities, decision.Probabilities);
        }
    }

    [Fact]
    public void Decide_LayerNotSet_ThrowsArgumentException()
    {
        var classifier = new ContrastiveClassifier(new(), 3, 3);
        var logits = classifier.CreateLogits();
        logits.Set(3, [0.0, 1, 2]);

        Assert.Throws<ArgumentException>(() => classifier.Decide(logits, classifier.CreateDecision()));
    }

    [Fact]
    public void Decide_AnotherClassifiersBuffers_ThrowsArgumentException()
    {
        var mine = new ContrastiveClassifier(new() { Method = ContrastiveMethod.Plain }, 3, 3);
        var other = new ContrastiveClassifier(new(), 3, 3);
        var logits = mine.CreateLogits();
        logits.Set(3, [0.0, 1, 2]);

        Assert.Throws<ArgumentException>(() => mine.Decide(logits, other.CreateDecision()));
        Assert.Throws<ArgumentException>(() => mine.Decide(other.CreateLogits(), mine.CreateDecision()));
    }

    private static (ContrastiveClassifier Classifier, ContrastiveDecision Decision) Decide(ContrastiveParameters parameters, double[][] stack)
    {
        var classifier = new ContrastiveClassifier(parameters, stack.Length, stack[0].Length);
        var logits = classifier.CreateLogits();
        foreach (var layer in logits.ExitLayers)
        {
            logits.Set(layer, stack[layer - 1]);
        }

        var decision = classifier.CreateDecision();
        classifier.Decide(logits, decision);
        return (classifier, decision);
    }
}
