using System.CommandLine;
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
        var command = new Command("bench", "Load a server and tell times to the first layer, between layers, to the answer, bytes and percentiles.");
        var options = new BenchOptions();
        options.AddTo(command);
        command.SetAction(async (arguments, interrupted) =>
        {
            try
            {
                return await RunAsync(options.Plan(arguments, connection), connection, arguments, arguments.GetValue(options.Out), interrupted);
            }
            catch (UsageException usage)
            {
                return Say(usage.Message, ExitCodes.Usage);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(BenchPlan plan, ConnectionOptions connection, ParseResult arguments, string? outFile, CancellationToken interrupted)
    {
        var layers = plan.Call == CallKind.Layers;
        using var connections = new Connections(
            [.. Enumerable.Range(0, layers ? 0 : plan.Connections).Select(_ => Open(() => connection.Decoding(arguments, retry: false)))],
            [.. Enumerable.Range(0, layers ? plan.Connections : 0).Select(_ => Open(() => connection.Backbone(arguments, retry: false)))]);
        if (await connections.UnreachableAsync(_reachable, interrupted) is { } why)
        {
            return Say($"{plan.Address} cannot be reached: {why} Is the server up, and {(layers ? "--backbone-address" : "--address")} right?", ExitCodes.Unreachable);
        }

        var startedAt = DateTimeOffset.UtcNow;
        var json = arguments.GetValue(connection.Json);
        var run = await BenchRun.RunAsync(plan, connections.Decoding, connections.Backbone, Terminal.Open(json).Notes, interrupted);
        var report = BenchReport.Of(plan, startedAt, run);
        Print(plan, report, run, json);
        return Write(report, outFile) ?? Verdict(report);
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
    private static int? Write(BenchReport report, string? file)
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
            return Say($"--out {file}: {failure.Message}", ExitCodes.Failed);
        }
    }

    private static int Verdict(BenchReport report)
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
            : report.Answered == 0 ? Say("No call was answered.", ExitCodes.Failed)
            : ExitCodes.Success;
    }

    private static T Open<T>(Func<T> connect)
    {
        try
        {
            return connect();
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private static int Say(string sentence, int exitCode)
    {
        Console.Error.WriteLine(sentence);
        return exitCode;
    }
}
