using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Contexts;

/// <summary><c>strata context</c>: demonstrations compiled to their anchors.</summary>
internal static class ContextCommand
{
    private const double MiB = 1 << 20;

    public static Command Create(ConnectionOptions connection) => new("context", "Demonstrations compiled once, for queries to continue.")
    {
        CreateCreate(connection),
        CreateList(connection),
        OfOne(connection, "show",
            """
            Show a context with its demonstrations.

            Example:
              strata context show ID
            """, async (client, id, terminal, cancellation) => ContextView.One(terminal, await client.GetAsync(id, cancellation: cancellation))),
        OfOne(connection, "rm",
            """
            Forget a context.

            Example:
              strata context rm ID
            """, (client, id, _, cancellation) => client.DeleteAsync(id, cancellation: cancellation)),
        OfOne(connection, "pin",
            """
            Keep a context for ever.

            Example:
              strata context pin ID
            """, async (client, id, terminal, cancellation) =>
            ContextView.One(terminal, await client.PinAsync(new PinContextRequest { Id = id, Pinned = true }, cancellation: cancellation))),
        OfOne(connection, "unpin",
            """
            Let a context expire again.

            Example:
              strata context unpin ID
            """, async (client, id, terminal, cancellation) =>
            ContextView.One(terminal, await client.PinAsync(new PinContextRequest { Id = id }, cancellation: cancellation))),
        CreateExport(connection),
        CreateImport(connection),
        EvaluateCommand.Create(connection),
    };

    private static Command CreateCreate(ConnectionOptions connection)
    {
        var backbone = new Option<string>("--backbone", "-b") { Description = "Backbone to compile it on. Default: the server's.", DefaultValueFactory = _ => "" };
        var pinned = new Option<bool>("--pin") { Description = "Keep it for ever." };
        var ttl = new Option<double?>("--ttl") { Description = "Seconds it lives after its last use. Default: the server's." };
        ttl.Accept(seconds => seconds is { } time && NumberRange.IsTime(time), "seconds above 0");
        var recipe = new RecipeOptions();
        var command = new Command("create",
            """
            Compile demonstrations to their anchors. The same recipe on the same model is made once.

            Example:
              strata context create --backbone icl --input-prefix "question: " \
                --label-prefix "\ntype:" --demo "who wrote the first novel ?=person" \
                --demo "how many miles is it to the moon ?=number"
            """) { backbone, pinned, ttl };
        foreach (var option in recipe.All)
        {
            command.Options.Add(option);
        }

        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            var request = new CreateContextRequest { Backbone = arguments.GetRequiredValue(backbone), Recipe = recipe.Read(arguments), Pinned = arguments.GetValue(pinned) };
            if (arguments.GetValue(ttl) is { } seconds)
            {
                request.Ttl = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));
            }

            using var client = connection.Decoding(arguments);
            var response = await terminal.WhileAsync(
                client.Contexts.CreateAsync(request, cancellation: cancellation), () => $"compiling {request.Recipe.Demonstrations.Count} demonstrations", () => null);
            if (terminal.Json)
            {
                Terminal.WriteJson(response);
                return ExitCodes.Success;
            }

            terminal.Notes.WriteLine(response.Created ? "created" : "this recipe was compiled before");
            terminal.Answers.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{response.Context.Id}  [grey]keeps {response.Context.KeptTokens} of {response.Context.PromptTokens} tokens, {response.Context.Bytes / 1024.0:0.#} KiB[/]");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command CreateList(ConnectionOptions connection)
    {
        var backbone = new Option<string>("--backbone", "-b") { Description = "Only those of one backbone.", DefaultValueFactory = _ => "" };
        var command = new Command("list",
            """
            List the contexts.

            Example:
              strata context list --backbone icl
            """) { backbone };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            using var client = connection.Decoding(arguments);
            ContextView.List(terminal, await client.Contexts.ListAsync(arguments.GetRequiredValue(backbone), cancellation: cancellation));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command CreateExport(ConnectionOptions connection)
    {
        var id = IdArgument();
        var file = new Argument<FileInfo>("file") { Description = "File to write." };
        var command = new Command("export",
            """
            Write a context to a file that another server can import.

            Example:
              strata context export ID questions.ctx
            """) { id, file };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            // Beside the target and moved when whole: an export that ends early leaves nothing that looks like one.
            var path = arguments.GetRequiredValue(file).FullName;
            var unfinished = path + ".part";
            try
            {
                using var client = connection.Decoding(arguments);
                await using (var target = File.Create(unfinished))
                {
                    await terminal.WhileAsync(
                        client.Contexts.ExportAsync(arguments.GetRequiredValue(id), target, cancellation: cancellation), () => $"writing {path}, {target.Length / MiB:0} MiB", () => null);
                }

                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }

            terminal.Notes.WriteLine($"wrote {path}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command CreateImport(ConnectionOptions connection)
    {
        var file = new Argument<FileInfo>("file") { Description = "File that an export wrote." };
        file.AcceptExistingOnly();
        var command = new Command("import",
            """
            Take a context from a file.

            Example:
              strata context import questions.ctx
            """) { file };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            using var client = connection.Decoding(arguments);
            await using var source = arguments.GetRequiredValue(file).OpenRead();
            var length = (double)source.Length;
            var imported = await terminal.WhileAsync(
                client.Contexts.ImportAsync(source, cancellation: cancellation), () => $"sending {length / MiB:0} MiB", () => source.CanRead ? source.Position / length : null);
            ContextView.One(terminal, imported);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command OfOne(ConnectionOptions connection, string name, string description, Func<Client.ContextsClient, string, Terminal, CancellationToken, Task> work)
    {
        var id = IdArgument();
        var command = new Command(name, description) { id };
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            using var client = connection.Decoding(arguments);
            await work(client.Contexts, arguments.GetRequiredValue(id), terminal, cancellation);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Argument<string> IdArgument() => new("id") { Description = "The context's id." };
}
