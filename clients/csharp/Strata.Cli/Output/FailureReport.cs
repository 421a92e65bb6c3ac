using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Spectre.Console;
using Strata.Client;

namespace Strata.Cli.Output;

/// <summary>Says on standard error what went wrong and what to do, in words or as JSON.</summary>
internal static class FailureReport
{
    /// <returns>The exit code that fits.</returns>
    public static int Write(Terminal terminal, StrataException failure, string address)
    {
        // A status without a reason was made by gRPC on this side: nothing answered.
        var unreachable = failure.Code == StatusCode.Unavailable && failure.Reason.Length == 0;
        var sentence = Sentence(failure, address);
        if (terminal.Json)
        {
            Console.Error.WriteLine(ToJson(failure, sentence).ToJsonString(Terminal.Readable));
        }
        else
        {
            Console.Error.WriteLine(failure.Reason.Length > 0 ? $"{failure.Reason}: {sentence}" : sentence);
            foreach (var violation in failure.Violations.Where(violation => !sentence.Contains(violation.Description, StringComparison.Ordinal)))
            {
                Console.Error.WriteLine($"  {violation.Field}: {violation.Description}");
            }

            if (failure.RetryDelay is { } delay)
            {
                Console.Error.WriteLine(FormattableString.Invariant($"  Try again in {delay.TotalSeconds:0.#} s."));
            }
        }

        return unreachable ? ExitCodes.Unreachable : ExitCodes.Failed;
    }

    /// <summary>Says that the command line is at fault.</summary>
    public static void WriteUsage(bool json, string sentence) => WriteHere(json, StatusCode.InvalidArgument, sentence);

    /// <summary>Says what went wrong on this side, not on a server.</summary>
    public static void WriteHere(bool json, StatusCode code, string sentence)
    {
        var line = new JsonObject { ["code"] = Name(code), ["reason"] = "", ["message"] = sentence, ["violations"] = new JsonArray(), ["metadata"] = new JsonObject() };
        Console.Error.WriteLine(json ? line.ToJsonString(Terminal.Readable) : sentence);
    }

    // What gRPC itself says on this side names no address and no option.
    private static string Sentence(StrataException failure, string address) => failure switch
    {
        { Code: StatusCode.Unavailable, Reason: "" } when failure.Message.Contains("SSL", StringComparison.Ordinal) =>
            $"{address} cannot be reached with TLS: {failure.Message} Does the server use TLS, and do --ca, --cert and --key fit it?",
        { Code: StatusCode.Unavailable, Reason: "" } =>
            $"Nothing answers at {address}. Start the services with \"strata up\", or name another address with --address or --backbone-address.",
        { Code: StatusCode.Unimplemented, Reason: "" } =>
            $"{address} answers, but does not know this call ({failure.Message.TrimEnd('.')}). --address is Decoding's, --backbone-address is Backbone's; are they the wrong way round?",
        { Code: StatusCode.DeadlineExceeded, Reason: "" } => $"{address} did not answer in time. Give it longer with --timeout SECONDS.",
        { Reason: "CONTEXT_NOT_FOUND" } => $"{failure.Message} \"strata context list\" lists them.",
        { Message: "" } => $"{address} ended the call: {failure.Code}.",
        _ => failure.Message,
    };

    private static string Name(StatusCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    /// <summary>A failure as a JSON object.</summary>
    public static JsonObject ToJson(StrataException failure, string? sentence = null) => new()
    {
        ["code"] = Name(failure.Code),
        ["reason"] = failure.Reason,
        ["message"] = sentence ?? failure.Message,
        ["violations"] = new JsonArray([.. failure.Violations.Select(violation => new JsonObject { ["field"] = violation.Field, ["description"] = violation.Description })]),
        ["metadata"] = new JsonObject(failure.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };
}
