using Strata.Decoding.Classification;

namespace Strata.Decoding.Tests.Classification;

public class LayerLogitsTests
{
    [Fact]
    public void Set_EveryLayerInAnyOrder_Completes()
    {
        var logits = new LayerLogits([1, 4, 6], 2);

        logits.Set(6, [1f, 2f]);
        logits.Set(1, [3.0, 4.0]);
        Assert.False(logits.IsComplete);
        logits.Set(4, [5f, 6f]);

        Assert.True(logits.IsComplete);
        Assert.Equal([3.0, 4.0], logits.Row(0));
        Assert.Equal([5.0, 6.0], logits.Row(1));
        Assert.Equal([1.0, 2.0], logits.Row(2));
    }

    [Fact]
    public void Clear_Complete_IsIncompleteAgain()
    {
        var logits = new LayerLogits([6], 2);
        logits.Set(6, [1f, 2f]);

        logits.Clear();

        Assert.False(logits.IsComplete);
    }

    [Fact]
    public void Contains_LayerWithoutARow_IsFalse()
    {
        var logits = new LayerLogits([1, 6], 2);

        Assert.True(logits.Contains(6));
        Assert.False(logits.Contains(3));
        Assert.Throws<ArgumentException>(() => logits.Set(3, [1f, 2f]));
    }

    [Fact]
    public void Set_WrongLength_ThrowsAndFillsNothing()
    {
        var logits = new LayerLogits([6], 2);

        Assert.Throws<ArgumentException>(() => logits.Set(6, [1f, 2f, 3f]));
        Assert.False(logits.IsComplete);
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 3, 3 })]
    [InlineData(new[] { 3, 1 })]
    [InlineData(new[] { -1, 1 })]
    public void LayerLogits_LayersNotAscending_ThrowsArgumentException(int[] layers) =>
        Assert.Throws<ArgumentException>(() => new LayerLogits(layers, 2));
}
