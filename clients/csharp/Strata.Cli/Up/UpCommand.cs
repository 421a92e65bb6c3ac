using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using Spectre.Console;
using Strata.AllInOne;
using Strata.Cli.Output;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Cli.Up;

/// <summary><c>strata up</c>: both services on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var models = new Option<string[]>("--model") { Description = "NAME=FOLDER with model.onnx, config.json and tokenizer.json; repeat it. The first is the default. Default: the embedded models.", DefaultValueFactory = _ => [] };
        var port = new Option<int>("--port") { Description = "Port of Decoding on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 50051 };
        var backbonePort = new Option<int>("--backbone-port") { Description = "Port of Backbone on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 50052 };
        var data = new Option<string>("--data") { Description = "Folder for contexts. Default: strata/contexts in your folder for application data.", DefaultValueFactory = _ => "" };
        var modelRoot = new Option<string>("--model-root") { Description = "Folder that \"strata swap\" may take models from. Default: none.", DefaultValueFactory = _ => "" };
        port.AcceptPort();
        backbonePort.AcceptPort();
        var command = new Command("up",
            """
            Start both services on this machine and serve until Ctrl-C.

            Examples:
              strata up
              strata up --model mine=./my-model --model-root ./models
            """) { models, port, backbonePort, data, modelRoot };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            var settings = new LocalPairSettings(
                [.. ModelArguments(arguments.GetRequiredValue(models))],
                arguments.GetRequiredValue(port),
                arguments.GetRequiredValue(backbonePort),
                arguments.GetRequiredValue(data),
                arguments.GetRequiredValue(modelRoot));
            try
            {
                await using var pair = await LocalPair.StartAsync(settings, cancellation);
                Announce(terminal, pair, settings);
                await pair.WaitForStopAsync(cancellation);
                return ExitCodes.Success;
            }
            catch (Exception failure) when (StartupFailure.Describe(failure) is { } sentence)
            {
                FailureReport.WriteHere(terminal.Json, StatusCode.FailedPrecondition, sentence.Replace("Decoding:Contexts:Folder", "--data", StringComparison.Ordinal));
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static OrderedDictionary<string, string> ModelArguments(string[] given)
    {
        if (given.Length == 0)
        {
            given = [.. new[] { EmbeddedModels.Emotion, EmbeddedModels.Learner }.Select(name => $"{name}={EmbeddedModels.Folder(name)}")];
        }

        var models = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in given)
        {
            if (argument.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } folder])
            {
                throw new UsageException($"--model {argument}: write NAME=FOLDER.");
            }

            if (!models.TryAdd(name, folder))
            {
                throw new UsageException($"--model {argument}: the name {name} is given twice.");
            }
        }

        return models;
    }

    private static void Announce(Terminal terminal, LocalPair pair, LocalPairSettings settings)
    {
        if (terminal.Json)
        {
            Terminal.WriteJson(new JsonObject { ["decoding"] = pair.DecodingAddress, ["backbone"] = pair.BackboneAddress });
            return;
        }

        terminal.Answers.MarkupLineInterpolated($"Decoding serves [bold]{pair.DecodingAddress}[/], Backbone [bold]{pair.BackboneAddress}[/]; models: {string.Join(", ", settings.Models.Select(model => model.Key))}.");
        terminal.Answers.WriteLine("In another terminal: strata explain \"I have no idea what to say\"");
        terminal.Answers.WriteLine("Ctrl-C stops both.");
    }
}
