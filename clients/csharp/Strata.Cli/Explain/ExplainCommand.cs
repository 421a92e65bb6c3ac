using System.CommandLine;
using Strata.AllInOne;
using Strata.Cli.Decode;
using Strata.Cli.Output;

namespace Strata.Cli.Explain;

/// <summary><c>strata explain</c>: what each layer would have answered, as the layers arrive.</summary>
internal static class ExplainCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var text = new Argument<string>("text") { Description = "The text to decide." };
        var question = new QuestionOptions();
        var command = new Command("explain",
            """
            Decide a text and show what each layer would have answered: the amateur and the expert layer, beta, which labels were
            plausible, and whether the decision differs from the last layer's. --json prints the messages, one a line.

            Examples:
              strata explain "I have no idea what to say"
              strata explain "I have no idea what to say" --method contrastive \
                --layer-selection max-jensen-shannon
            """) { text };
        foreach (var option in question.All)
        {
            command.Options.Add(option);
        }

        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            var request = question.Read(arguments);
            request.Text = arguments.GetRequiredValue(text);
            using var client = connection.Decoding(arguments);
            var events = client.ExplainAsync(request, cancellation: cancellation);
            if (!terminal.Json)
            {
                await TrajectoryPrinter.PrintAsync(terminal.Answers, request.Text, events, terminal.IsLive);
                return ExitCodes.Success;
            }

            await foreach (var message in events)
            {
                Terminal.WriteJson(message);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
