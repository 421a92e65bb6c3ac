using Strata.Decoding.Classification;
using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Classification;

public class LayerTrajectoryTests
{
    [Fact]
    public void Add_OneLayer_GivesItsPoint()
    {
        var point = new LayerTrajectory(3, 4).Add(0, [1f, 1f, 1f, 1f]);

        Assert.Equal(0, point.Layer);
        Assert.Equal(0, point.TopLabel);
        Assert.Equal(Math.Log(4), point.EntropyNats, 1e-15);
        Assert.All(point.Probabilities.ToArray(), p => Assert.Equal(0.25, p, 1e-15));
        Assert.All(point.LogProbs.ToArray(), l => Assert.Equal(-Math.Log(4), l, 1e-15));
    }

    [Fact]
    public void DistancesToExpert_BeforeTheExpert_AreEmpty()
    {
        var trajectory = new LayerTrajectory(2, 2);

        trajectory.Add(0, [0.0, 1]);
        trajectory.Add(1, [0.0, 2]);

        Assert.False(trajectory.IsComplete);
        Assert.Empty(trajectory.DistancesToExpert);
    }

    [Theory]
    [InlineData(LayerSelectionPolicies.MaxCosineDistance)]
    [InlineData(LayerSelectionPolicies.MaxJensenShannon)]
    [InlineData(LayerSelectionPolicies.MaxMidpointKl)]
    public void DistancesToExpert_Complete_AreThoseOfTheDecision(string selection)
    {
        var stack = RandomStacks.Next(new Random(41));
        var trajectory = new LayerTrajectory(RandomStacks.ExpertLayer, RandomStacks.ClassCount, selection);
        for (var layer = 0; layer < stack.Length; layer++)
        {
            trajectory.Add(layer, stack[layer]);
        }

        var decision = RandomStacks.Decide(new() { LayerSelection = selection }, stack);

        Assert.True(trajectory.IsComplete);
        Assert.Equal(stack.Length, trajectory.DistancesToExpert.Count);
        Assert.Equal(decision.SelectionDistances.ToArray(), trajectory.DistancesToExpert.Skip(1).Take(RandomStacks.ExpertLayer - 1));
        Assert.Equal(trajectory.DistancesToExpert.Min(), trajectory.DistancesToExpert[^1]);
        Assert.Equal(decision.ExpertLogProbs, trajectory.Points[^1].LogProbs);
        Assert.Equal(decision.PlainLabel, trajectory.Points[^1].TopLabel);
    }

    [Fact]
    public void DistancesToExpert_Fixed_MeasuresTheDefault()
    {
        var trajectory = new LayerTrajectory(1, 2, LayerSelectionPolicies.Fixed);
        trajectory.Add(0, [0.0, double.NegativeInfinity]);
        trajectory.Add(1, [double.NegativeInfinity, 0.0]);

        Assert.Equal([1, 0.5], trajectory.DistancesToExpert);
    }

    [Fact]
    public void Add_OutOfOrderOrBeyondOrWrongLength_ThrowsArgumentException()
    {
        var trajectory = new LayerTrajectory(3, 2);
        trajectory.Add(1, [0.0, 1]);

        Assert.Throws<ArgumentException>(() => trajectory.Add(1, [0.0, 1]));
        Assert.Throws<ArgumentException>(() => trajectory.Add(0, [0.0, 1]));
        Assert.Throws<ArgumentException>(() => trajectory.Add(4, [0.0, 1]));
        Assert.Throws<ArgumentException>(() => trajectory.Add(2, [0.0, 1, 2]));
        Assert.Single(trajectory.Points);
    }

    [Fact]
    public void Add_NaN_ThrowsNonFiniteLogits() =>
        Assert.Equal(DecodingError.NonFiniteLogits, Assert.Throws<DecodingException>(() => new LayerTrajectory(3, 2).Add(1, [0, double.NaN])).Error);
}
