using Spectre.Console;

namespace Strata.Benchmarks.Load.Report;

/// <summary>The results as tables on the console.</summary>
internal static class ConsoleReport
{
    public static void Print(RunHeader header)
    {
        foreach (var (name, value) in header.Lines())
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{name}[/] {value}");
        }
    }

    public static void Print(Section section)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(section.Title))
            .AddColumn("metric").AddColumn(new TableColumn("value").RightAligned().NoWrap())
            .AddColumn(new TableColumn("target").RightAligned().NoWrap()).AddColumn("met");
        foreach (var row in section.Rows)
        {
            var colour = row.Met switch { null => "default", true => "green", false => "red" };
            table.AddRow(Markup.Escape(row.Metric), Markup.Escape(row.ValueText), Markup.Escape(row.TargetText), $"[{colour}]{row.MetText}[/]");
        }

        AnsiConsole.Write(table);
    }
}
