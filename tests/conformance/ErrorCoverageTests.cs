using System.Text.Json.Nodes;
using Strata.Conformance.Tests.Suite;
using Strata.Services.Tests.Errors;

namespace Strata.Conformance.Tests;

/// <summary>The cases provoke every reason of docs/errors.md that a client can get over gRPC, and no other.</summary>
public sealed class ErrorCoverageTests
{
    // tests/Services.Tests/Surface provokes these.
    private static readonly Dictionary<string, string> _notProvoked = new()
    {
        ["JSON_INVALID"] = "only JSON over HTTP is answered with it; gRPC's messages are protobuf",
        ["BODY_TOO_LARGE"] = "only JSON over HTTP is answered with it; gRPC itself refuses a message that is too large",
        ["STREAM_NEEDS_GRPC"] = "only JSON over HTTP is answered with it",
        ["CANCELLED"] = "a client that cancels reports CANCELLED itself and reads no more; the cases expect that code without a reason",
    };

    // What a swap for a bad folder is answered with stands in the table of the refusals at start.
    private static readonly string[] _refusalsOfASwap = ["MODEL_FILES_MISSING", "MODEL_INVALID"];

    [Fact]
    public void Cases_Reasons_AreThoseOfTheErrorPage() =>
        Assert.Equal(ErrorTable.Answers.Keys.Except(_notProvoked.Keys).Concat(_refusalsOfASwap).Order(), Reasons().Distinct().Order());

    [Fact]
    public void Cases_Codes_AreThoseOfTheErrorPage()
    {
        var page = ErrorTable.Answers.ToDictionary(row => row.Key, row => row.Value.ToString().ToUpperInvariant());
        Assert.All(Expected().Where(error => page.ContainsKey(error.Reason) && error.Code is not null), error =>
            Assert.Equal(page[error.Reason], error.Code!.Replace("_", "", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Reasons() => Expected().Select(error => error.Reason).Where(reason => reason.Length > 0);

    private static IEnumerable<(string Reason, string? Code)> Expected() =>
        CaseFile.Names.SelectMany(file => CaseFile.Read(file).Cases).SelectMany(given => Errors(given.Expect))
            .Select(error => (error["reason"]?.GetValue<string>() ?? "", error["code"]?.GetValue<string>()));

    // Of the call, or of one answer of decode_many.
    private static IEnumerable<JsonNode> Errors(JsonObject expect) =>
        new[] { expect["error"] }.Concat((expect["responses"] as JsonArray ?? []).Select(answer => answer?["error"])).OfType<JsonNode>();
}
