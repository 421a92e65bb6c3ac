using Strata.Decoding.Classification;
using Strata.Decoding.Layers;

namespace Strata.Decoding.Tests.Classification;

public class ContrastiveParametersTests
{
    private const int L = 12;

    public static TheoryData<ContrastiveParameters, DecodingError, string> Violations => new()
    {
        { new() { LayerSelection = "farthest" }, DecodingError.UnknownLayerSelection, "LayerSelection" },
        { new() { LayerSelection = null! }, DecodingError.UnknownLayerSelection, "LayerSelection" },
        { new() { LayerSelection = "fixed" }, DecodingError.FixedLayerMissing, "FixedAmateurLayer" },
        { new() { LayerSelection = "fixed", FixedAmateurLayer = L }, DecodingError.LayerOutOfRange, "FixedAmateurLayer" },
        { new() { LayerSelection = "fixed", FixedAmateurLayer = 0 }, DecodingError.LayerOutOfRange, "FixedAmateurLayer" },
        { new() { CandidateLayers = CandidateLayers.Of([]) }, DecodingError.CandidatesEmpty, "CandidateLayers" },
        { new() { CandidateLayers = CandidateLayers.Range(5, 4) }, DecodingError.CandidatesEmpty, "CandidateLayers" },
        { new() { CandidateLayers = CandidateLayers.Of(3, L) }, DecodingError.LayerOutOfRange, "CandidateLayers" },
        { new() { CandidateLayers = CandidateLayers.Of(0, 3) }, DecodingError.LayerOutOfRange, "CandidateLayers" },
        { new() { CandidateLayers = CandidateLayers.Range(int.MinValue, int.MaxValue) }, DecodingError.LayerOutOfRange, "CandidateLayers" },
        { new() { PlausibilityAlpha = -0.1 }, DecodingError.AlphaOutOfRange, "PlausibilityAlpha" },
        { new() { PlausibilityAlpha = 1.1 }, DecodingError.AlphaOutOfRange, "PlausibilityAlpha" },
        { new() { PlausibilityAlpha = double.NaN }, DecodingError.AlphaOutOfRange, "PlausibilityAlpha" },
        { new() { Beta = double.NegativeInfinity }, DecodingError.BetaNotFinite, "Beta" },
        { new() { TargetLayer = double.NaN }, DecodingError.TargetLayerNotFinite, "TargetLayer" },
        { new() { TargetLayer = L - 1 }, DecodingError.TargetLayerBelowExpert, "TargetLayer" },
        { new() { TargetLayer = double.NegativeInfinity }, DecodingError.TargetLayerNotFinite, "TargetLayer" },
        { new() { BetaCap = -0.5 }, DecodingError.BetaCapOutOfRange, "BetaCap" },
        { new() { BetaCap = double.PositiveInfinity }, DecodingError.BetaCapOutOfRange, "BetaCap" },
    };

    [Fact]
    public void Validate_Defaults_FindsNothing() => Assert.Empty(new ContrastiveParameters().Validate(L, 2));

    [Theory, MemberData(nameof(Violations), DisableDiscoveryEnumeration = true)]
    public void Validate_OneFieldWrong_ReportsThatFieldOnly(ContrastiveParameters parameters, DecodingError error, string field)
    {
        var violation = Assert.Single(parameters.Validate(L, 28));

        Assert.Equal(error, violation.Error);
        Assert.Equal(field, violation.Field);
        Assert.EndsWith(".", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EverythingWrong_ReportsEveryField()
    {
        var parameters = new ContrastiveParameters
        {
            LayerSelection = "farthest",
            FixedAmateurLayer = 99,
            CandidateLayers = CandidateLayers.Of(0, 12),
            PlausibilityAlpha = 2,
            Beta = double.NaN,
            TargetLayer = 3,
            BetaCap = -1,
        };

        var exception = Assert.Throws<DecodingException>(() => new ContrastiveClassifier(parameters, L, 1));

        Assert.Equal(
            ["LayerSelection", "FixedAmateurLayer", "CandidateLayers", "PlausibilityAlpha", "Beta", "TargetLayer", "BetaCap", "LabelCount"],
            exception.Violations.Select(v => v.Field));
        Assert.Equal(exception.Violations[0].Error, exception.Error);
        Assert.All(exception.Violations, v => Assert.Contains(v.Description, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_PlainOnAOneLayerModel_NeedsNoCandidates()
    {
        Assert.Empty(new ContrastiveParameters { Method = ContrastiveMethod.Plain }.Validate(1, 2));
        Assert.Equal(DecodingError.CandidatesEmpty, Assert.Single(new ContrastiveParameters().Validate(1, 2)).Error);
    }

    [Fact]
    public void Validate_MethodUndefined_ThrowsArgumentException() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveParameters { Method = (ContrastiveMethod)9 }.Validate(L, 2));

    [Fact]
    public void ExitLayers_EachMethod_AreThePossibleAmateursAndTheExpert()
    {
        Assert.Equal([L], new ContrastiveParameters { Method = ContrastiveMethod.Plain }.ExitLayers(L));
        Assert.Equal([7, L], new ContrastiveParameters { LayerSelection = "fixed", FixedAmateurLayer = 7 }.ExitLayers(L));
        Assert.Equal([2, 3, L], new ContrastiveParameters { CandidateLayers = CandidateLayers.Range(2, 3) }.ExitLayers(L));
        Assert.Equal([.. Enumerable.Range(1, L)], new ContrastiveParameters().ExitLayers(L));
    }
}
