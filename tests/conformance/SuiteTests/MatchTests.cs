using System.Text.Json.Nodes;
using Strata.Conformance.Tests.Suite;

namespace Strata.Conformance.Tests.SuiteTests;

/// <summary>The comparison that every case rests on can fail.</summary>
public sealed class MatchTests
{
    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1, "b": 2}""")]
    [InlineData("""{"a": 1}""", """{"a": 1.0000001}""")]
    [InlineData("""[{"a": 1}, {}]""", """[{"a": 1, "b": 2}, {"c": 3}]""")]
    [InlineData("""{"a": {"$length": 2}}""", """{"a": [1, 2]}""")]
    [InlineData("""null""", """null""")]
    public void Subset_AllThatIsExpectedIsThere_IsNull(string expected, string actual) =>
        Assert.Null(Match.Subset(JsonNode.Parse(expected), JsonNode.Parse(actual)));

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 2}""")]
    [InlineData("""{"a": 1}""", """{"a": 1.00001}""")]
    [InlineData("""{"a": 1}""", """{"a": "1"}""")]
    [InlineData("""{"a": 1}""", """{"b": 1}""")]
    [InlineData("""{"a": 1}""", "null")]
    [InlineData("""{"a": 1}""", "[]")]
    [InlineData("""{"a": ""}""", "{}")]
    [InlineData("""[1, 2]""", "[1]")]
    [InlineData("""[1]""", "[1, 2]")]
    [InlineData("""{"a": {"$length": 2}}""", """{"a": [1]}""")]
    [InlineData("""{"a": {"$length": 0}}""", "{}")]
    public void Subset_SomethingIsOtherOrMissing_SaysWhat(string expected, string actual) =>
        Assert.NotNull(Match.Subset(JsonNode.Parse(expected), JsonNode.Parse(actual)));

    [Theory]
    [InlineData("""{"a": 1}""", """{"a": 1, "b": 2}""")]
    [InlineData("""{"a": 1, "b": 2}""", """{"a": 1}""")]
    [InlineData("""{"a": 1}""", """{"a": 1.00001}""")]
    [InlineData("""[]""", """[{}]""")]
    [InlineData("""{"a": "x"}""", """{"a": "y"}""")]
    public void Equal_OneHoldsMoreOrOther_SaysWhat(string one, string other) =>
        Assert.NotNull(Match.Equal(JsonNode.Parse(one), JsonNode.Parse(other)));

    [Fact]
    public void Equal_NumbersWithinTheTolerance_IsNull()
    {
        Assert.Null(Match.Equal(JsonNode.Parse("[1.0]"), JsonNode.Parse("[1.00005]"), tolerance: Match.BatchTolerance));
        Assert.NotNull(Match.Equal(JsonNode.Parse("[1.0]"), JsonNode.Parse("[1.0005]"), tolerance: Match.BatchTolerance));
    }
}
