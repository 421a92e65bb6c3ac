using Spectre.Console;
using Spectre.Console.Rendering;

namespace Strata.AllInOne;

/// <summary>A column of a table that leaves out columns before it breaks cells.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="IsNumber">Whether its cells end at the right.</param>
/// <param name="Cells">One a row, in Spectre's markup.</param>
internal sealed record FittedColumn(string Heading, bool IsNumber, IReadOnlyList<string> Cells)
{
    /// <summary>Characters of a terminal that the widest cell takes.</summary>
    public int Width => Cells.Select(Markup.Remove).Append(Heading).Max(text => new Segment(text).CellCount());
}

/// <summary>Tables of the columns that fit into a terminal.</summary>
internal static class FittedColumns
{
    /// <summary>The first of the choices that fits, or the last one, as a table.</summary>
    /// <param name="choices">Widest first; at least one.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static Table ToTable(this IEnumerable<IReadOnlyList<FittedColumn>> choices, int width)
    {
        var columns = FirstFitting(choices, width);
        var table = new Table().Border(TableBorder.Minimal);
        foreach (var column in columns)
        {
            var heading = new TableColumn(Markup.Escape(column.Heading)).NoWrap();
            table.AddColumn(column.IsNumber ? heading.RightAligned() : heading);
        }

        for (var row = 0; row < columns[0].Cells.Count; row++)
        {
            table.AddRow([.. columns.Select(column => column.Cells[row])]);
        }

        return table;
    }

    /// <summary>All columns, then ever fewer.</summary>
    /// <param name="columns">In the order of the table.</param>
    /// <param name="spared">Headings, the one to leave out first in front.</param>
    public static IEnumerable<IReadOnlyList<FittedColumn>> Without(this IReadOnlyList<FittedColumn> columns, params string[] spared) =>
        Enumerable.Range(0, spared.Length + 1).Select(count => columns.Where(column => !spared.AsSpan(0, count).Contains(column.Heading)).ToList());

    private static IReadOnlyList<FittedColumn> FirstFitting(IEnumerable<IReadOnlyList<FittedColumn>> choices, int width)
    {
        IReadOnlyList<FittedColumn> last = [];
        foreach (var choice in choices)
        {
            last = choice;

            // A space on both sides of each cell, a line between two, a space at both ends.
            if (choice.Sum(column => column.Width + 3) + 1 <= width)
            {
                break;
            }
        }

        return last;
    }
}
