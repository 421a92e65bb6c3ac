using System.CommandLine;
using Strata.Cli.Bench;
using Strata.Cli.Completion;
using Strata.Cli.Contexts;
using Strata.Cli.Decode;
using Strata.Cli.Explain;
using Strata.Cli.Models;
using Strata.Cli.Up;

namespace Strata.Cli;

/// <summary>All commands and options.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var connection = new ConnectionOptions();
        var root = new RootCommand(
            """
            Strata: better answers from every layer of a frozen transformer.

            Examples:
              strata up                                    both services here
              strata decode "I have no idea what to say"   a decision
              strata explain "I have no idea what to say"  what each layer says
              strata decode --file texts.txt --json        many texts, a JSON line each
              strata context create --backbone icl --label-prefix "\ntype:" \
                --demo "who wrote it ?=person" --demo "how many ?=number"
              strata swap emotion emotion-2                another model, same name
              strata bench decode -c 8 -d 10s --fail-if "p99>50ms"

            A server's key is read from STRATA_API_KEY. Exit codes: 0 done, 1 refused or partly failed, 2 wrong command line,
            3 nothing answers, 4 threshold exceeded, 130 Ctrl-C, 141 the reader of the answers has left.
            """)
        {
            UpCommand.Create(connection),
            DecodeCommand.Create(connection),
            ExplainCommand.Create(connection),
            ContextCommand.Create(connection),
            ModelsCommand.Create(connection),
            SwapCommand.Create(connection),
            HealthCommand.Create(connection),
            BenchCommand.Create(connection),
        };
        root.Subcommands.Add(CompletionCommand.Create(root));
        foreach (var option in connection.All)
        {
            root.Options.Add(option);
        }

        return root;
    }
}
