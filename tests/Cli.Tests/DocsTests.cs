using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Strata.Services.Tests;

namespace Strata.Cli.Tests;

/// <summary>docs/cli.md says what the program can do.</summary>
public sealed partial class DocsTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

    [Fact]
    public void Commands_OfThePage_AreThoseOfTheProgram() =>
        Assert.Equal(Leaves(CommandTree.Create(), "strata").Order(), CommandRow().Matches(_page).Select(row => row.Groups[1].Value).Order());

    [Fact]
    public void ExitCodes_OfThePage_AreThoseOfTheProgram() =>
        Assert.Equal(
            typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (int)code.GetRawConstantValue()!).Order(),
            ExitCodeRow().Matches(_page).Select(row => int.Parse(row.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Order());

    [Fact]
    public void Help_OfEachCommand_HasAnExampleThatFitsIn80Columns() => Assert.All(Commands(CommandTree.Create()), command =>
    {
        var lines = command.Description!.Split('\n');
        var examples = lines.SkipWhile(line => line is not ("Example:" or "Examples:")).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.InRange(example.Length, 1, 78)); // Help indents by 2.
    });

    private static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Commands);

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}"));

    [GeneratedRegex(@"^\| `(strata[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();
}
