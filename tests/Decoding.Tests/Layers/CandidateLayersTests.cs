using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Layers;

public class CandidateLayersTests
{
    [Fact]
    public void CandidateLayers_All_IsEveryLayerBetweenEmbeddingsAndExpert()
    {
        Assert.Equal([1, 2, 3], CandidateLayers.All.ToArray(4));
        Assert.Empty(CandidateLayers.All.ToArray(1));
    }

    [Fact]
    public void CandidateLayers_Range_IncludesBothEnds() => Assert.Equal([2, 3, 4], CandidateLayers.Range(2, 4).ToArray(6));

    [Fact]
    public void CandidateLayers_RangeBackwards_IsEmpty() => Assert.Empty(CandidateLayers.Range(4, 2).ToArray(6));

    [Fact]
    public void CandidateLayers_ListUnorderedWithRepeats_IsAscendingAndDistinct() =>
        Assert.Equal([1, 3, 5], CandidateLayers.Of(5, 1, 3, 1).ToArray(6));

    [Fact]
    public void CandidateLayers_EmptyList_IsEmpty() => Assert.Empty(CandidateLayers.Of([]).ToArray(6));

    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 6)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void CandidateLayers_NotBelowTheExpert_ThrowsArgumentException(int first, int last)
    {
        Assert.Throws<ArgumentException>(() => CandidateLayers.Range(first, last).ToArray(6));
        Assert.Throws<ArgumentException>(() => CandidateLayers.Of(first, last).ToArray(6));
    }
}
