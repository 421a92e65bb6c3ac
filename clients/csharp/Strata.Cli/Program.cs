using System.CommandLine.Parsing;
using System.Text;
using Strata.Cli;
using Strata.Cli.Output;

Console.OutputEncoding = Encoding.UTF8;
// Alone it says what it can do.
var parsed = CommandTree.Create().Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count == 0)
{
    return await parsed.InvokeAsync();
}

if (args.Contains("--json"))
{
    FailureReport.WriteUsage(json: true, string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return ExitCodes.Usage;
}

// The help of every option would bury what is wrong.
foreach (var error in parsed.Errors)
{
    Console.Error.WriteLine(error.Message);
}

Console.Error.WriteLine($"\"strata {string.Join(' ', Path(parsed.CommandResult))} --help\" explains.".Replace("  ", " "));
return ExitCodes.Usage;

static IEnumerable<string> Path(CommandResult command) =>
    command.Parent is CommandResult parent ? Path(parent).Append(command.Command.Name) : [];
