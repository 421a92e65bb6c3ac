using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Contexts;

/// <summary><c>strata context evaluate</c>: how loyal a compressed context is to the full one.</summary>
internal static class EvaluateCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = new Argument<string>("id") { Description = "The context's id." };
        var file = new Argument<FileInfo>("queries") { Description = "File of labelled queries, TEXT<tab>LABEL on each line." };
        var baselines = new Option<bool>("--with-baselines") { Description = "Measure the other anchor policies too." };
        file.AcceptExistingOnly();
        var command = new Command("evaluate",
            """
            Decide labelled queries on a context and on the full one, and compare.

            Example:
              strata context evaluate ID queries.tsv --with-baselines
            """) { id, file, baselines };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            var request = new EvaluateContextRequest { Id = arguments.GetRequiredValue(id), WithBaselines = arguments.GetValue(baselines) };
            request.Queries.AddRange(File.ReadLines(arguments.GetRequiredValue(file).FullName).Where(line => line.Length > 0).Select(line => RecipeOptions.Demonstration(line, '\t')));
            using var client = connection.Decoding(arguments);
            EvaluateContextResponse? last = null;
            await terminal.WhileAsync(EvaluateAsync(), () => last is null ? "compiling" : $"deciding {last.Done} of {last.Total}", () => last is { Total: > 0 } ? (double)last.Done / last.Total : null);
            Show(terminal, last);
            return ExitCodes.Success;

            async Task EvaluateAsync()
            {
                await foreach (var message in client.Contexts.EvaluateAsync(request, cancellation: cancellation))
                {
                    last = message;
                }
            }
        });
        return command;
    }

    private static void Show(Terminal terminal, EvaluateContextResponse? last)
    {
        if (terminal.Json && last is not null)
        {
            Terminal.WriteJson(last);
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("anchors", "accuracy", "label loyalty", "word loyalty", "kept", "bytes");
        foreach (var report in last?.Reports ?? [])
        {
            table.AddRow(WireName.Of(report.AnchorPolicy), Share(report.Accuracy), Share(report.LabelLoyalty), Share(report.WordLoyalty), $"{report.KeptTokens}", $"{report.Bytes}");
        }

        terminal.Answers.Write(table);
    }

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
