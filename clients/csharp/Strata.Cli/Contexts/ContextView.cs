using System.Globalization;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Contexts;

/// <summary>Contexts to look at.</summary>
internal static class ContextView
{
    public static void List(Terminal terminal, IReadOnlyList<Context> contexts)
    {
        if (terminal.Json)
        {
            foreach (var context in contexts)
            {
                Terminal.WriteJson(context);
            }

            return;
        }

        if (contexts.Count == 0)
        {
            terminal.Notes.WriteLine("There are no contexts; \"strata context create --help\" shows how to make one.");
            return;
        }

        // Ids are for copying: never cut.
        var table = new Table().Border(TableBorder.Minimal).AddColumn(new TableColumn("id").NoWrap()).AddColumns("backbone", "kept", "KiB", "pinned").AddColumn(new TableColumn("expires").NoWrap());
        foreach (var context in contexts)
        {
            table.AddRow(context.Id, Markup.Escape(context.Backbone), $"{context.KeptTokens} of {context.PromptTokens}", Kibibytes(context), context.Pinned ? "yes" : "", Expires(context));
        }

        terminal.Answers.Write(table);
    }

    public static void One(Terminal terminal, Context context)
    {
        if (terminal.Json)
        {
            Terminal.WriteJson(context);
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow("id", context.Id).AddRow("backbone", Markup.Escape(context.Backbone)).AddRow("fingerprint", context.Fingerprint)
            .AddRow("kept", $"{context.KeptTokens} of {context.PromptTokens} tokens, {Kibibytes(context)} KiB")
            .AddRow("policies", $"{WireName.Of(context.Recipe.AnchorPolicy)}, {WireName.Of(context.Recipe.PositionPolicy)}")
            .AddRow("pinned", context.Pinned ? "yes" : "no").AddRow("expires", Expires(context))
            .AddRow("labels", Markup.Escape(string.Join(", ", context.Recipe.LabelSet?.Labels.Select(label => label.Name) ?? [])));
        terminal.Answers.Write(grid);
        foreach (var demonstration in context.Recipe.Demonstrations)
        {
            terminal.Answers.MarkupLineInterpolated($"  [grey]{demonstration.Text}[/] {demonstration.Label}");
        }
    }

    private static string Kibibytes(Context context) => (context.Bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Expires(Context context) =>
        context.ExpireTime is { } time ? time.ToDateTime().ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "never";
}
