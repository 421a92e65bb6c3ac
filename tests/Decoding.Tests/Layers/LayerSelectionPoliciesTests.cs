using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Layers;

public class LayerSelectionPoliciesTests
{
    private static readonly int[] Layers = [2, 5, 7];

    [Fact]
    public void Create_EveryName_GivesThePolicyOfThatName()
    {
        foreach (var name in LayerSelectionPolicies.Names)
        {
            Assert.Equal(name, LayerSelectionPolicies.Create<double>(name, fixedAmateurLayer: 2).Name);
        }
    }

    [Fact]
    public void Create_UnknownName_ThrowsListingTheKnownOnes()
    {
        var exception = Assert.Throws<DecodingException>(() => LayerSelectionPolicies.Create<double>("nearest", null));

        Assert.Equal(DecodingError.UnknownLayerSelection, exception.Error);
        Assert.All(LayerSelectionPolicies.Names, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LayerSelectionPolicies.MaxCosineDistance)]
    [InlineData(LayerSelectionPolicies.MaxJensenShannon)]
    [InlineData(LayerSelectionPolicies.MaxMidpointKl)]
    public void Select_FartherCandidate_Wins(string name) =>
        Assert.Equal(1, Select(name, [0.4, 0.6, /* farther */ 0.9, 0.1, /* expert */ 0.3, 0.7]).Row);

    [Theory]
    [InlineData(LayerSelectionPolicies.MaxCosineDistance)]
    [InlineData(LayerSelectionPolicies.MaxJensenShannon)]
    [InlineData(LayerSelectionPolicies.MaxMidpointKl)]
    public void Select_EqualDistances_TakesTheLowestLayer(string name)
    {
        var (row, distances) = Select(name, [0.9, 0.1, 0.9, 0.1, 0.3, 0.7]);

        Assert.Equal(distances[0], distances[1]);
        Assert.Equal(0, row);
    }

    [Fact]
    public void Select_MidpointKlInfiniteTwice_TakesTheLowestLayer()
    {
        var (row, distances) = Select(LayerSelectionPolicies.MaxMidpointKl, [1, 0, 1, 0, 0.5, 0.5]);

        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity], distances);
        Assert.Equal(0, row);
    }

    [Fact]
    public void Select_Fixed_TakesItsLayerAndMeasuresNothing()
    {
        var distributions = new LayerDistributions<double>(Layers, new double[6], new double[6]);
        var distances = new double[2];

        Assert.Equal(1, LayerSelectionPolicies.Create<double>(LayerSelectionPolicies.Fixed, 5).Select(distributions, distances));
        Assert.Equal([double.NaN, double.NaN], distances);
    }

    [Fact]
    public void Select_FixedOnTheExpert_ThrowsArgumentException() =>
        Assert.Throws<ArgumentException>(() => LayerSelectionPolicies.Create<double>(LayerSelectionPolicies.Fixed, 7)
            .Select(new LayerDistributions<double>(Layers, new double[6], new double[6]), new double[2]));

    [Fact]
    public void Select_NoCandidates_ThrowsArgumentException() =>
        Assert.Throws<ArgumentException>(() => LayerSelectionPolicies.Create<double>(LayerSelectionPolicies.MaxJensenShannon, null)
            .Select(new LayerDistributions<double>([7], new double[2], new double[2]), new double[0]));

    [Fact]
    public void LayerDistributions_LengthsDoNotFit_ThrowsArgumentException()
    {
        Assert.Throws<ArgumentException>(() => new LayerDistributions<double>(Layers, new double[5], new double[5]).ExpertRow);
        Assert.Throws<ArgumentException>(() => new LayerDistributions<double>(Layers, new double[6], new double[3]).ExpertRow);
        Assert.Throws<ArgumentException>(() => new LayerDistributions<double>([], new double[6], new double[6]).ExpertRow);
    }

    private static (int Row, double[] Distances) Select(string name, double[] probs)
    {
        var distances = new double[2];
        double[] logProbs = [.. probs.Select(p => Math.Log(p))];
        return (LayerSelectionPolicies.Create<double>(name, null).Select(new LayerDistributions<double>(Layers, probs, logProbs), distances), distances);
    }
}
