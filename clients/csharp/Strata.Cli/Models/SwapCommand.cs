using System.CommandLine;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Client;
using Strata.Contracts.Backbone.V1;

namespace Strata.Cli.Models;

/// <summary><c>strata swap</c>: another model behind the same name while calls go on.</summary>
internal static class SwapCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var model = new Argument<string>("model") { Description = "Name of the model on the Backbone." };
        var folder = new Argument<string>("folder") { Description = "The new model's folder, relative to the Backbone's Backbone:ModelRoot." };
        var command = new Command("swap",
            """
            Load another model beside the old one, move new calls over, let old streams end, free the old model. A folder that cannot
            be loaded changes nothing: the old model serves on.

            Example:
              strata swap emotion emotion-2
            """) { model, folder };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.BackboneAddress), async (arguments, terminal, cancellation) =>
        {
            using var client = connection.Backbone(arguments);
            var request = new SwapModelRequest { Name = arguments.GetRequiredValue(model), Folder = arguments.GetRequiredValue(folder) };
            SwapModelResponse? last = null;
            try
            {
                var swap = SwapAsync();
                await (terminal.Json ? swap : terminal.WhileAsync(swap, () => Doing(request, last), () => null));
                if (last is { Stage: SwapStage.Done } && !terminal.Json)
                {
                    terminal.Answers.MarkupLineInterpolated($"[green]{request.Name}[/] is generation {last.Model.Generation} now, fingerprint {last.Model.Fingerprint}.");
                }

                async Task SwapAsync()
                {
                    await foreach (var progress in client.SwapAsync(request, cancellation: cancellation))
                    {
                        last = progress;
                        Show(terminal, request, progress);
                    }
                }
            }
            catch (StrataException failure) when (last is not null && failure.Reason.Length > 0 && !terminal.Json)
            {
                Console.Error.WriteLine($"{request.Name} was not swapped; the old model serves on.");
                throw;
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(Terminal terminal, SwapModelRequest request, SwapModelResponse progress)
    {
        if (terminal.Json)
        {
            Terminal.WriteJson(progress);
        }
        else if (Doing(request, progress) is { Length: > 0 } sentence)
        {
            terminal.Notes.MarkupLineInterpolated($"[grey]{sentence} ...[/]");
        }
    }

    private static string Doing(SwapModelRequest request, SwapModelResponse? progress) => progress?.Stage switch
    {
        SwapStage.Loading => $"loading {request.Folder} beside generation {progress.Model.Generation}",
        SwapStage.Draining => $"new calls get generation {progress.Model.Generation}; {progress.DrainingStreams} old ones still run",
        _ => "", // Not begun, done, or of a later version.
    };
}
