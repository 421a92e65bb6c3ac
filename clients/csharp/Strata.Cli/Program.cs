using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Grpc.Core;
using Strata.Cli;
using Strata.Cli.Output;

Console.OutputEncoding = Encoding.UTF8;
AnswerStream.Install();
// Alone it says what it can do.
var parsed = CommandTree.Create().Parse(args.Length == 0 ? ["--help"] : args);
if (parsed.Errors.Count == 0)
{
    try
    {
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
    catch (OutputException lost)
    {
        FailureReport.WriteHere(args.Contains("--json"), StatusCode.ResourceExhausted, lost.Message);
        return ExitCodes.Failed;
    }
}

var sentences = ParseFailure.Sentences(parsed);
if (args.Contains("--json"))
{
    FailureReport.WriteUsage(json: true, string.Join(' ', sentences));
    return ExitCodes.Usage;
}

// The help of every option would bury what is wrong.
foreach (var sentence in sentences)
{
    Console.Error.WriteLine(sentence);
}

Console.Error.WriteLine($"\"strata {string.Join(' ', Path(parsed.CommandResult))} --help\" explains.".Replace("  ", " "));
return ExitCodes.Usage;

static IEnumerable<string> Path(CommandResult command) =>
    command.Parent is CommandResult parent ? Path(parent).Append(command.Command.Name) : [];
