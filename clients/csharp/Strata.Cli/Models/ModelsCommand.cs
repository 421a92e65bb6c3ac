using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Contracts.Backbone.V1;

namespace Strata.Cli.Models;

/// <summary><c>strata models</c>: what a Backbone hosts, or what Decoding reaches.</summary>
internal static class ModelsCommand
{
    private const int FingerprintDigits = 12;

    public static Command Create(ConnectionOptions connection)
    {
        var backbones = new Option<bool>("--backbones") { Description = "List the backbones of Decoding's configuration instead." };
        var command = new Command("models", "List the models of a Backbone, or with --backbones what Decoding reaches.") { backbones };
        CommandAction.Set(
            command,
            connection,
            arguments => arguments.GetRequiredValue(arguments.GetValue(backbones) ? connection.Address : connection.BackboneAddress),
            (arguments, terminal, cancellation) => arguments.GetValue(backbones)
                ? ListBackbonesAsync(connection, arguments, terminal, cancellation)
                : ListModelsAsync(connection, arguments, terminal, cancellation));
        return command;
    }

    private static async Task<int> ListModelsAsync(ConnectionOptions connection, ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using var client = connection.Backbone(arguments);
        var models = await client.ListModelsAsync(cancellation: cancellation);
        if (terminal.Json)
        {
            foreach (var model in models)
            {
                Terminal.WriteJson(model);
            }

            return ExitCodes.Success;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("model", "type", "layers", "hidden", "vocabulary", "labels", "contexts", "generation", "fingerprint");
        foreach (var model in models)
        {
            table.AddRow(Row(model));
        }

        terminal.Answers.Write(table);
        return ExitCodes.Success;
    }

    private static async Task<int> ListBackbonesAsync(ConnectionOptions connection, ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        using var client = connection.Decoding(arguments);
        var listed = await client.ListBackbonesAsync(cancellation: cancellation);
        if (terminal.Json)
        {
            foreach (var backbone in listed)
            {
                Terminal.WriteJson(backbone);
            }

            return ExitCodes.Success;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("backbone", "model", "layers", "labels", "fingerprint");
        foreach (var backbone in listed)
        {
            table.AddRow([
                Markup.Escape(backbone.Name) + (backbone.IsDefault ? " [grey]default[/]" : ""),
                .. backbone.Reachable
                    ? [Markup.Escape(backbone.Model.Model), Number(backbone.Model.LayerCount), Number(backbone.Labels.Count), Short(backbone.Model.Fingerprint)]
                    : new[] { "[red]unreachable[/]", "", "", "" },
            ]);
        }

        terminal.Answers.Write(table);
        return ExitCodes.Success;
    }

    private static string[] Row(Model model) =>
    [
        Markup.Escape(model.Name), Markup.Escape(model.ModelType), Number(model.LayerCount), Number(model.HiddenSize), Number(model.VocabularySize),
        Number(model.Labels.Count), model.SupportsContexts ? "yes" : "no", Number(model.Generation), Short(model.Fingerprint),
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(string fingerprint) => fingerprint.Length > FingerprintDigits ? fingerprint[..FingerprintDigits] : fingerprint;
}
