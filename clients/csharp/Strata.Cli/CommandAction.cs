using System.CommandLine;
using Strata.Cli.Output;
using Strata.Client;

namespace Strata.Cli;

/// <summary>Runs a command's work and turns what goes wrong into a sentence and an exit code: no stack trace ever.</summary>
internal static class CommandAction
{
    /// <param name="command">The command.</param>
    /// <param name="connection">The shared options.</param>
    /// <param name="address">The address that the command calls, for the message when nothing answers there.</param>
    /// <param name="work">The work; its result is the exit code.</param>
    public static void Set(
        Command command, ConnectionOptions connection, Func<ParseResult, string> address, Func<ParseResult, Terminal, CancellationToken, Task<int>> work) =>
        command.SetAction(async (arguments, cancellation) =>
        {
            var terminal = Terminal.Open(arguments.GetValue(connection.Json));
            try
            {
                return await work(arguments, terminal, cancellation);
            }
            catch (StrataException failure)
            {
                return FailureReport.Write(terminal, failure, address(arguments));
            }
            catch (OutputException)
            {
                throw; // The same for every command, and so for --help.
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (Exception wrong) when (wrong is UsageException or ArgumentException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                var sentence = wrong is ArgumentException { ParamName: { } name } ? wrong.Message.Replace($" (Parameter '{name}')", "") : wrong.Message;
                FailureReport.WriteUsage(terminal.Json, sentence);
                return ExitCodes.Usage;
            }
            catch (Exception unforeseen)
            {
                FailureReport.WriteHere(terminal.Json, Grpc.Core.StatusCode.Internal, unforeseen is InvalidDataException ? unforeseen.Message : $"strata failed in a way it did not foresee; please report it: {unforeseen.GetType().Name}: {unforeseen.Message}");
                return ExitCodes.Failed;
            }
        });
}
