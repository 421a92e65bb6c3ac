using Strata.Decoding.Extrapolation;

namespace Strata.Decoding.Tests.Extrapolation;

public class DynamicBetaTests
{
    [Theory]
    [InlineData(23, 15, 27, 0.5)]
    [InlineData(23, 19, 27, 1.0)]
    [InlineData(23, 22, 27, 4.0)]
    [InlineData(47, 33, 68, 1.5)]
    [InlineData(47, 41, 68, 3.5)]
    [InlineData(47, 45, 68, 10.5)]
    [InlineData(47, 46, 68, 21.0)]
    public void DynamicBeta_PaperSettings_GiveTheKnownBeta(int expert, int amateur, double target, double beta) =>
        Assert.Equal(new EffectiveBeta(beta, Capped: false), DynamicBeta.Compute(expert, amateur, target, cap: null));

    [Fact]
    public void DynamicBeta_LayersRenumbered_IsUnchanged() =>
        Assert.Equal(DynamicBeta.Compute(23, 15, 27, null), DynamicBeta.Compute(24, 16, 28, null));

    [Fact]
    public void DynamicBeta_TargetIsExpert_IsZero() => Assert.Equal(0, DynamicBeta.Compute(12, 3, 12, null).Value);

    [Theory]
    [InlineData(3.0, 3.0, true)]
    [InlineData(21.0, 21.0, false)]
    [InlineData(0.0, 0.0, true)]
    public void DynamicBeta_Cap_LowersOnlyWhatExceedsIt(double cap, double value, bool capped) =>
        Assert.Equal(new EffectiveBeta(value, capped), DynamicBeta.Compute(47, 46, 68, cap));

    [Theory]
    [InlineData(12, 12, 14.0, null)]
    [InlineData(12, 13, 14.0, null)]
    [InlineData(12, 3, 11.9, null)]
    [InlineData(12, 3, double.NaN, null)]
    [InlineData(12, 3, double.PositiveInfinity, null)]
    [InlineData(12, 3, 14.0, -1.0)]
    [InlineData(12, 3, 14.0, double.NaN)]
    public void DynamicBeta_NoSuchLine_ThrowsArgumentException(int expert, int amateur, double target, double? cap) =>
        Assert.ThrowsAny<ArgumentException>(() => DynamicBeta.Compute(expert, amateur, target, cap));
}
