using Spectre.Console;
using Spectre.Console.Rendering;

namespace Strata.AllInOne;

/// <summary>A column of a trajectory.</summary>
/// <param name="Heading">Plain text.</param>
/// <param name="IsNumber">Whether its cells end at the right.</param>
/// <param name="Cells">One a row, in Spectre's markup.</param>
internal sealed record TrajectoryColumn(string Heading, bool IsNumber, IReadOnlyList<string> Cells)
{
    /// <summary>Characters of a terminal that the widest cell takes.</summary>
    public int Width => Cells.Select(Markup.Remove).Append(Heading).Max(text => new Segment(text).CellCount());
}

/// <summary>Chooses what fits into a terminal.</summary>
internal static class TrajectoryColumns
{
    /// <summary>The first of the choices that fits, or the last one.</summary>
    /// <param name="choices">Widest first.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IReadOnlyList<TrajectoryColumn> FirstFitting(this IEnumerable<IReadOnlyList<TrajectoryColumn>> choices, int width)
    {
        IReadOnlyList<TrajectoryColumn> last = [];
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
