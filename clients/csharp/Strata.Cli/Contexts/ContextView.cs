using System.Globalization;
using Spectre.Console;
using Strata.AllInOne;
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

        FittedColumn[] columns =
        [
            Column("id", context => context.Id),
            Column("backbone", context => Markup.Escape(context.Backbone)),
            Column("kept", context => $"{context.KeptTokens} of {context.PromptTokens}"),
            Column("KiB", Kibibytes),
            Column("pinned", context => context.Pinned ? "yes" : ""),
            Column("expires", Expires),
        ];

        // Ids are for copying: never cut, not even where nothing else has room.
        terminal.Answers.Profile.Width = Math.Max(terminal.Answers.Profile.Width, columns[0].Width + 4);
        terminal.Answers.Write(columns.Without("KiB", "pinned", "kept", "expires", "backbone").ToTable(terminal.Answers.Profile.Width));

        FittedColumn Column(string heading, Func<Context, string> cell) => new(heading, IsNumber: false, [.. contexts.Select(cell)]);
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
