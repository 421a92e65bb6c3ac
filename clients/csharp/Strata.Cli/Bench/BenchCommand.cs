using System.CommandLine;
using Grpc.Core;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Bench.Report;
using Strata.Cli.Output;

namespace Strata.Cli.Bench;

/// <summary><c>strata bench</c>: load on Decoding or Backbone.</summary>
internal static class BenchCommand
{
    private static readonly TimeSpan _reachable = TimeSpan.FromSeconds(5);

    public static Command Create(ConnectionOptions connection)
    {
        var command = new Command("bench",
            """
            Load a server and tell times to the first layer, between layers, to the answer, bytes and percentiles.

            Examples:
              strata bench decode -n 1000 -c 8              closed loop: 8 callers
              strata bench explain --rate 60 -d 30s         open loop: 60 calls a second
              strata bench layers -b emotion --readout head Backbone alone
              strata bench -d 10s --fail-if "p99>50ms" --fail-if "errors>0"
            """);
        var options = new BenchOptions();
        options.AddTo(command);
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), (arguments, terminal, interrupted) =>
            RunAsync(options.Plan(arguments, connection), connection, arguments, arguments.GetValue(options.Out), terminal, interrupted));
        return command;
    }

    private static async Task<int> RunAsync(BenchPlan plan, ConnectionOptions connection, ParseResult arguments, string? outFile, Terminal terminal, CancellationToken interrupted)
    {
        var layers = plan.Call == CallKind.Layers;
        using var connections = new Connections(
            [.. Enumerable.Range(0, layers ? 0 : plan.Connections).Select(_ => connection.Decoding(arguments, retry: false))],
            [.. Enumerable.Range(0, layers ? plan.Connections : 0).Select(_ => connection.Backbone(arguments, retry: false))]);
        if (await connections.UnreachableAsync(_reachable, interrupted) is { } why)
        {
            return Say(terminal, StatusCode.Unavailable, $"{plan.Address} cannot be reached: {why} Is the server up, and {(layers ? "--backbone-address" : "--address")} right?", ExitCodes.Unreachable);
        }

        var startedAt = DateTimeOffset.UtcNow;
        var run = await BenchRun.RunAsync(plan, connections.Decoding, connections.Backbone, terminal.Notes, interrupted);
        var report = BenchReport.Of(plan, startedAt, run);
        Print(plan, report, run, terminal.Json);
        return Write(report, outFile, terminal) ?? Verdict(report, terminal);
    }

    private static void Print(BenchPlan plan, BenchReport report, Measurement run, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(report.ToJson());
        }
        else
        {
            new ReportPrinter(Console.Out, report, plan.Earlier).Print(run.Calls.Latency);
        }
    }

    // A file that cannot be written fails the run: whoever asked for it relies on it.
    private static int? Write(BenchReport report, string? file, Terminal terminal)
    {
        try
        {
            if (file is not null)
            {
                File.WriteAllText(file, report.ToJson() + Environment.NewLine);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Say(terminal, StatusCode.FailedPrecondition, $"--out {file}: {failure.Message}", ExitCodes.Failed);
        }
    }

    private static int Verdict(BenchReport report, Terminal terminal)
    {
        if (report.Interrupted)
        {
            return ExitCodes.Interrupted;
        }

        var breaches = report.Thresholds.Where(check => check.Breached).ToList();
        foreach (var breach in breaches)
        {
            Console.Error.WriteLine($"breached: {breach.Sentence}");
        }

        return breaches.Count > 0 ? ExitCodes.ThresholdExceeded
            : report.Answered == 0 ? Say(terminal, StatusCode.Unavailable, "No call was answered.", ExitCodes.Failed)
            : ExitCodes.Success;
    }

    private static int Say(Terminal terminal, StatusCode code, string sentence, int exitCode)
    {
        FailureReport.WriteHere(terminal.Json, code, sentence);
        return exitCode;
    }
}
