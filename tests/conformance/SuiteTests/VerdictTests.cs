using System.Text.Json.Nodes;
using Strata.Conformance.Tests.Suite;

namespace Strata.Conformance.Tests.SuiteTests;

/// <summary>A run fails when a case does, when clients differ, and when a known failure is none any more.</summary>
public sealed class VerdictTests
{
    private const string Good = """{"id": 0, "responses": [{"label": "joy", "beta": 0.5, "elapsedUs": "7"}], "error": null}""";
    private const string WrongNumber = """{"id": 0, "responses": [{"label": "joy", "beta": 0.6}], "error": null}""";
    private const string WithMore = """{"id": 0, "responses": [{"label": "joy", "beta": 0.5, "score": 1}], "error": null}""";
    private const string Nothing = """{"id": 0, "responses": [], "error": null}""";
    private const string TwoMessages = """{"id": 0, "responses": [{}, {"label": "joy", "beta": 0.5}], "error": null}""";
    private const string Refused = """{"id": 0, "responses": [], "error": {"code": "INVALID_ARGUMENT", "reason": "TEXT_EMPTY", "message": "m"}}""";
    private const string RefusedOtherwise = """{"id": 0, "responses": [], "error": {"code": "INVALID_ARGUMENT", "reason": "LABEL_UNKNOWN", "message": "m"}}""";
    private const string RefusedWithoutReason = """{"id": 0, "responses": [], "error": {"code": "INVALID_ARGUMENT", "reason": "", "message": "m"}}""";
    private const string RefusedInOtherWords = """{"id": 0, "responses": [], "error": {"code": "INVALID_ARGUMENT", "reason": "TEXT_EMPTY", "message": "n"}}""";

    private const string ExpectAnswer = """{"count": 1, "response": {"label": "joy", "beta": 0.5}}""";
    private const string ExpectAnswers = """{"responses": [{"label": "joy"}]}""";
    private const string ExpectError = """{"error": {"code": "INVALID_ARGUMENT", "reason": "TEXT_EMPTY"}}""";

    private static readonly Dictionary<string, string> _none = [];
    private static readonly Dictionary<string, string> _known = new() { ["it"] = "a reason" };

    [Theory]
    [InlineData(ExpectAnswer, Good)]
    [InlineData(ExpectAnswers, Good)]
    [InlineData(ExpectAnswers, WithMore)]
    [InlineData(ExpectError, Refused)]
    public void Unexpected_CaseEndsAsItShould_IsNothing(string expect, string result) =>
        Assert.Empty(Verdict.Unexpected(Run(expect, result), _none));

    [Theory]
    [InlineData(ExpectAnswer, WrongNumber)]
    [InlineData(ExpectAnswer, Nothing)]
    [InlineData(ExpectAnswer, TwoMessages)]
    [InlineData(ExpectAnswer, Refused)]
    [InlineData(ExpectAnswers, Nothing)]
    [InlineData(ExpectAnswers, TwoMessages)]
    [InlineData(ExpectError, Good)]
    [InlineData(ExpectError, Nothing)]
    [InlineData(ExpectError, RefusedOtherwise)]
    [InlineData(ExpectError, RefusedWithoutReason)]
    public void Unexpected_CaseEndsOtherwise_IsAProblemUnlessItIsKnown(string expect, string result)
    {
        var run = Run(expect, result);
        Assert.StartsWith("it: ", Assert.Single(Verdict.Unexpected(run, _none)), StringComparison.Ordinal);
        Assert.Empty(Verdict.Unexpected(run, _known));
    }

    [Fact]
    public void Unexpected_KnownFailurePasses_IsAProblem() =>
        Assert.Equal("it: passes, so the known-failing list must not name it", Assert.Single(Verdict.Unexpected(Run(ExpectAnswer, Good), _known)));

    [Theory]
    [InlineData("joy", 0)]
    [InlineData("fear", 1)]
    public void Unexpected_ErrorNamesASavedValue_IsComparedWithIt(string named, int problems)
    {
        var run = new FileRun();
        run.Add(Case("{}") with { Name = "saving", Save = new JsonObject { ["LABEL"] = "label" } }, CaseResult.Parse(Good, 0));
        var refused = """{"id": 0, "responses": [], "error": {"code": "NOT_FOUND", "metadata": {"label": "joy"}}}""".Replace("joy", named, StringComparison.Ordinal);
        run.Add(Case("""{"error": {"metadata": {"label": "${LABEL}"}}}""") with { Name = "refused" }, CaseResult.Parse(refused, 0));
        Assert.Equal(problems, Verdict.Unexpected(run, _none).Count());
    }

    [Fact]
    public void Unexpected_CancelledCaseGotMoreOrFewerMessages_IsAProblem()
    {
        var cancelled = Refused.Replace("INVALID_ARGUMENT", "CANCELLED", StringComparison.Ordinal);
        Assert.Single(Verdict.Unexpected(Run("""{"error": {"code": "CANCELLED"}}""", cancelled, cancelAfter: 1), _none));
    }

    [Theory]
    [InlineData(WrongNumber)]
    [InlineData(WithMore)]
    [InlineData(Nothing)]
    [InlineData(TwoMessages)]
    [InlineData(Refused)]
    public void Differences_AnotherAnswer_IsAProblemUnlessItIsKnown(string other)
    {
        var (mine, reference) = (Run("{}", other), Run("{}", Good));
        Assert.Single(Verdict.Differences(mine, reference, [Case("{}")], _none));
        Assert.Single(Verdict.Differences(reference, mine, [Case("{}")], _none));
        Assert.Empty(Verdict.Differences(mine, reference, [Case("{}")], _known));
    }

    [Theory]
    [InlineData(RefusedOtherwise)]
    [InlineData(RefusedWithoutReason)]
    [InlineData(RefusedInOtherWords)]
    public void Differences_AnotherError_IsAProblem(string other) =>
        Assert.Single(Verdict.Differences(Run("{}", other), Run("{}", Refused), [Case("{}")], _none));

    [Fact]
    public void Differences_OnlyInAFieldThatVaries_AreNone()
    {
        Assert.Empty(Verdict.Differences(Run("{}", RefusedInOtherWords), Run("{}", Refused), [Case("{}", null, "message")], _none));
        Assert.Single(Verdict.Differences(Run("{}", RefusedOtherwise), Run("{}", Refused), [Case("{}", null, "message")], _none));
    }

    [Fact]
    public void Differences_OtherTimes_AreNone() =>
        Assert.Empty(Verdict.Differences(Run("{}", Good.Replace("\"7\"", "\"8\"", StringComparison.Ordinal)), Run("{}", Good), [Case("{}")], _none));

    [Fact]
    public void Differences_CaseWithoutResult_IsAProblem() =>
        Assert.Single(Verdict.Differences(new FileRun(), Run("{}", Good), [Case("{}")], _none));

    private static ConformanceCase Case(string expect, int? cancelAfter = null, params string[] varies) =>
        new("it", "decode", "decoding", null, null, null, cancelAfter, varies, JsonNode.Parse(expect)!.AsObject());

    private static FileRun Run(string expect, string result, int? cancelAfter = null)
    {
        var run = new FileRun();
        run.Add(Case(expect, cancelAfter), CaseResult.Parse(result, 0));
        return run;
    }
}
