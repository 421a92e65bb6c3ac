using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>Lines of which each is one answer.</summary>
internal static class Records
{
    /// <summary>Writes a line; where a program reads, it is never broken, however long.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="markup">The line in Spectre's markup.</param>
    public static void WriteLine(IAnsiConsole console, string markup)
    {
        if (console.Profile.Capabilities.Ansi)
        {
            console.MarkupLine(markup);
        }
        else
        {
            console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
        }
    }
}
