using Strata.Decoding.Classification;

namespace Strata.Decoding.Tests.Classification;

public class VerbalizerTests
{
    [Fact]
    public void TokenIds_SynonymsWithRepeats_AreDistinctLabelAfterLabel()
    {
        var verbalizer = new Verbalizer([[7, 3, 7], [5]]);

        Assert.Equal([7, 3, 5], verbalizer.TokenIds);
        Assert.Equal(2, verbalizer.LabelCount);
    }

    [Fact]
    public void Aggregate_Synonyms_AddsTheirProbabilities()
    {
        var scores = new double[2];

        new Verbalizer([[7, 3], [5]]).Aggregate([Math.Log(0.2), Math.Log(0.3), Math.Log(0.1)], scores);

        Assert.Equal(Math.Log(0.5), scores[0], 1e-15);
        Assert.Equal(Math.Log(0.1), scores[1], 1e-15);
    }

    [Fact]
    public void Aggregate_Float_EqualsDouble()
    {
        var verbalizer = new Verbalizer([[7, 3], [5]], [0.25, 0.75]);
        double[] fromFloat = new double[2], fromDouble = new double[2];

        verbalizer.Aggregate([1.5f, -2f, 0.25f], fromFloat);
        verbalizer.Aggregate([1.5, -2, 0.25], fromDouble);

        Assert.Equal(fromDouble, fromFloat);
    }

    [Fact]
    public void Aggregate_ThousandsOfSynonyms_AddsTheirProbabilities()
    {
        var scores = new double[2];
        var logits = Numerics.Vectors.Logits<float>(new Random(51), 1301);

        new Verbalizer([[.. Enumerable.Range(0, 1300)], [1300]]).Aggregate(logits, scores);

        Assert.Equal(Numerics.Reference.LogSumExp(Numerics.Vectors.Widen(logits[..1300])), scores[0], 1e-12);
        Assert.Equal(logits[1300], scores[1]);
    }

    [Fact]
    public void Aggregate_NaNToken_PassesThrough()
    {
        var scores = new double[2];

        new Verbalizer([[7, 3], [5]]).Aggregate([double.NaN, 0, 0], scores);

        Assert.Equal([double.NaN, 0], scores);
    }

    [Fact]
    public void Aggregate_PriorsScaled_ShiftsEveryLabelAlike()
    {
        double[] tokens = [1, 2, 3], plain = new double[2], calibrated = new double[2], scaled = new double[2];

        new Verbalizer([[7, 3], [5]]).Aggregate(tokens, plain);
        new Verbalizer([[7, 3], [5]], [0.2, 0.8]).Aggregate(tokens, calibrated);
        new Verbalizer([[7, 3], [5]], [2, 8]).Aggregate(tokens, scaled);

        Assert.Equal(plain[0] - Math.Log(0.2), calibrated[0], 1e-14);
        Assert.Equal(calibrated[0] - calibrated[1], scaled[0] - scaled[1], 1e-14);
    }

    [Fact]
    public void Aggregate_TokensRuledOut_RulesTheLabelOut()
    {
        var scores = new double[2];

        new Verbalizer([[7, 3], [5]]).Aggregate([double.NegativeInfinity, double.NegativeInfinity, 0], scores);

        Assert.Equal([double.NegativeInfinity, 0], scores);
    }

    [Fact]
    public void Aggregate_WrongLengths_ThrowsArgumentException()
    {
        var verbalizer = new Verbalizer([[7, 3], [5]]);

        Assert.Throws<ArgumentException>(() => verbalizer.Aggregate(new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => verbalizer.Aggregate(new double[3], new double[3]));
        Assert.Throws<ArgumentException>(() => verbalizer.Aggregate(new float[4], new double[2]));
    }

    [Fact]
    public void Verbalizer_EverythingWrong_ReportsEveryField()
    {
        var exception = Assert.Throws<DecodingException>(() => new Verbalizer([[1, -4], [], [1]], [1, 2]));

        Assert.Equal(
            [
                (DecodingError.TokenOutOfRange, "TokenIds[0]"),
                (DecodingError.LabelWithoutTokens, "TokenIds[1]"),
                (DecodingError.LabelTokenShared, "TokenIds[2]"),
                (DecodingError.PriorsInvalid, "Priors"),
            ],
            exception.Violations.Select(v => (v.Error, v.Field)));
    }

    [Fact]
    public void Verbalizer_OneLabel_ThrowsLabelSetTooSmall() =>
        Assert.Equal(DecodingError.LabelSetTooSmall, Assert.Throws<DecodingException>(() => new Verbalizer([[1]])).Error);
}
