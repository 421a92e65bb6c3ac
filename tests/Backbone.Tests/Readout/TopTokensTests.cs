using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Readout;

public class TopTokensTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void Select_WithTies_TakesTheLowerTokenFirst(int k)
    {
        var random = new Random(20261121);
        var logits = Enumerable.Range(0, 64).Select(_ => (float)random.Next(8)).ToArray();
        var (values, tokens) = (new float[k], new int[k]);
        TopTokens.Select(logits, values, tokens);
        var expected = Enumerable.Range(0, 64).OrderByDescending(t => logits[t]).ThenBy(t => t).Take(k).ToArray();
        Assert.Equal(expected, tokens);
        Assert.Equal(expected.Select(t => logits[t]), values);
    }
}
