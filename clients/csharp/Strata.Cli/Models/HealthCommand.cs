using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Health.V1;
using Spectre.Console;
using Strata.Cli.Output;
using Strata.Client;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Models;

/// <summary><c>strata health</c>: whether both services want calls.</summary>
internal static class HealthCommand
{
    private const string Unreachable = "UNREACHABLE";

    public static Command Create(ConnectionOptions connection)
    {
        var command = new Command("health",
            """
            Ask both services whether they want calls. Exit code 0 only if both do, 3 if one does not answer.

            Example:
              strata health --address 10.0.0.1:50051 --json
            """);
        CommandAction.Set(command, connection, arguments => arguments.GetRequiredValue(connection.Address), async (arguments, terminal, cancellation) =>
        {
            using var decoding = connection.Decoding(arguments);
            using var backbone = connection.Backbone(arguments);
            var worst = Math.Max(await ShowAsync("Decoding", arguments.GetRequiredValue(connection.Address), () => decoding.HealthAsync(DecodingService.Descriptor.FullName, cancellation), terminal),
                await ShowAsync("Backbone", arguments.GetRequiredValue(connection.BackboneAddress), () => backbone.HealthAsync(BackboneService.Descriptor.FullName, cancellation), terminal));
            return worst;
        });
        return command;
    }

    private static async Task<int> ShowAsync(string service, string address, Func<Task<HealthCheckResponse.Types.ServingStatus>> ask, Terminal terminal)
    {
        string status;
        try
        {
            status = (await ask()).ToString().ToUpperInvariant();
        }
        catch (StrataException failure)
        {
            status = failure.Reason.Length > 0 ? failure.Reason : Unreachable;
        }

        var serving = status == "SERVING";
        if (terminal.Json)
        {
            Terminal.WriteJson(new JsonObject { ["service"] = service, ["address"] = address, ["status"] = status });
        }
        else
        {
            terminal.Answers.MarkupLine($"{service} at {Markup.Escape(address)}: [{(serving ? "green" : "red")}]{status}[/]");
        }

        return serving ? ExitCodes.Success : status == Unreachable ? ExitCodes.Unreachable : ExitCodes.Failed;
    }
}
