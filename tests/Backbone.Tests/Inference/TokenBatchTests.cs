using Strata.Backbone.Inference;

namespace Strata.Backbone.Tests.Inference;

public class TokenBatchTests
{
    [Fact]
    public void FromRows_OfUnequalLength_PadsOnTheRight()
    {
        var batch = TokenBatch.FromRows([[1, 2, 3], [4]], 9, [[0, 0, 1], [1]]);
        Assert.Equal((2, 3), (batch.RowCount, batch.Length));
        Assert.Equal([1, 2, 3, 4, 9, 9], batch.InputIds.ToArray());
        Assert.Equal([1, 1, 1, 1, 0, 0], batch.AttentionMask.ToArray());
        Assert.Equal([0, 0, 1, 1, 0, 0], batch.TokenTypeIds.ToArray());
        Assert.Equal([2, 0], batch.LastPositions());
    }

    [Fact]
    public void FromRows_AnEmptyRow_IsRefusedAsEmptyText() => Assert.Equal(BackboneError.TextEmpty, Assert.Throws<BackboneException>(() => TokenBatch.FromRows([[1], []], 0)).Error);

    [Fact]
    public void Create_ArraysOfAnotherLength_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TokenBatch(2, 2, [1, 2, 3], [1, 1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new TokenBatch(1, 2, [1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => new TokenBatch(1, 2, [1, 2], [1]));
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1 }, 0, new long[] { 0, 1, 2 })]
    [InlineData(new long[] { 0, 1, 1 }, 0, new long[] { 0, 0, 1 })]
    [InlineData(new long[] { 1, 1, 0 }, 5, new long[] { 5, 6, 6 })]
    [InlineData(new long[] { 1, 0, 1, 1, 1 }, 2, new long[] { 1, 2, 3 })]
    public void Positions_WhenNoneAreGiven_CountUnmaskedOnes(long[] mask, int past, long[] expected) =>
        Assert.Equal(expected, RunInputs.Positions(new TokenBatch(1, 3, [7, 8, 9], mask), past));
}
