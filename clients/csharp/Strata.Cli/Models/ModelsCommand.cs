using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Strata.AllInOne;
using Strata.Cli.Output;

namespace Strata.Cli.Models;

/// <summary><c>strata models</c>: what a Backbone hosts, or what Decoding reaches.</summary>
internal static class ModelsCommand
{
    private const int FingerprintDigits = 12;

    public static Command Create(ConnectionOptions connection)
    {
        var backbones = new Option<bool>("--backbones") { Description = "List the backbones of Decoding's configuration instead." };
        var command = new Command("models",
            """
            List the models of a Backbone, or with --backbones what Decoding reaches.

            Examples:
              strata models
              strata models --backbones --json
            """) { backbones };
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

        FittedColumn[] columns =
        [
            Column("model", models, model => Markup.Escape(model.Name)),
            Column("type", models, model => Markup.Escape(model.ModelType)),
            Column("layers", models, model => Number(model.LayerCount)),
            Column("hidden", models, model => Number(model.HiddenSize)),
            Column("vocabulary", models, model => Number(model.VocabularySize)),
            Column("labels", models, model => Number(model.Labels.Count)),
            Column("contexts", models, model => model.SupportsContexts ? "yes" : "no"),
            Column("generation", models, model => Number(model.Generation)),
            Column("fingerprint", models, model => Short(model.Fingerprint)),
        ];
        terminal.Answers.Write(columns.Without("vocabulary", "hidden", "type", "labels", "contexts").ToTable(terminal.Answers.Profile.Width));
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

        FittedColumn[] columns =
        [
            Column("backbone", listed, backbone => Markup.Escape(backbone.Name) + (backbone.IsDefault ? " [grey]default[/]" : "")),
            Column("model", listed, backbone => backbone.Reachable ? Markup.Escape(backbone.Model.Model) : "[red]unreachable[/]"),
            Column("layers", listed, backbone => backbone.Reachable ? Number(backbone.Model.LayerCount) : ""),
            Column("labels", listed, backbone => backbone.Reachable ? Number(backbone.Labels.Count) : ""),
            Column("fingerprint", listed, backbone => backbone.Reachable ? Short(backbone.Model.Fingerprint) : ""),
        ];
        terminal.Answers.Write(columns.Without("labels", "layers", "fingerprint").ToTable(terminal.Answers.Profile.Width));
        return ExitCodes.Success;
    }

    private static FittedColumn Column<T>(string heading, IReadOnlyList<T> rows, Func<T, string> cell) => new(heading, IsNumber: false, [.. rows.Select(cell)]);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Short(string fingerprint) => fingerprint.Length > FingerprintDigits ? fingerprint[..FingerprintDigits] : fingerprint;
}
