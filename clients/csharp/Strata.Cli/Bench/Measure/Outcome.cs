using System.Text.Json;
using Strata.Client;

namespace Strata.Cli.Bench.Measure;

/// <summary>Calls that ended alike.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstMessage">What the first of them said; empty for an answer.</param>
internal readonly record struct OutcomeTally(long Count, string FirstMessage);

/// <summary>How a call ended.</summary>
/// <param name="Status">The gRPC status as the protocol writes it, or one of the two of this tool below.</param>
/// <param name="Reason">The reason of its ErrorInfo; empty without one.</param>
internal readonly record struct Outcome(string Status, string Reason = "")
{
    /// <summary>The call was answered.</summary>
    public static Outcome Answered { get; } = new("OK");

    /// <summary>The call was due and the run ended before one in flight made room for it.</summary>
    public static Outcome NotStarted { get; } = new("NOT_STARTED");

    /// <summary>What a call that was not started says.</summary>
    public const string NotStartedMessage = "The call was due, and the run ended before another one made room for it.";

    /// <summary>The call was made, and no answer came in the time that it had.</summary>
    public static Outcome NotAnswered { get; } = new("NOT_ANSWERED");

    public static Outcome Of(StrataException failure) => new(JsonNamingPolicy.SnakeCaseUpper.ConvertName(failure.Code.ToString()), failure.Reason);
}
