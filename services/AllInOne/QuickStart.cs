using Grpc.Core;
using Grpc.Net.Client;
using Spectre.Console;
using Strata.Contracts.Decoding.V1;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Hosting;

namespace Strata.AllInOne;

/// <summary>The README's first command: starts both services, explains a sentence, serves on.</summary>
internal static class QuickStart
{
    public static async Task RunAsync(QuickStartSettings settings, CancellationToken cancellation)
    {
        var modelName = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.ModelFolder))).ToLowerInvariant();
        var models = new OrderedDictionary<string, string> { [modelName] = settings.ModelFolder };
        models.TryAdd(EmbeddedModels.Learner, EmbeddedModels.Folder(EmbeddedModels.Learner));
        using var data = DataFolder.Of(settings);
        await using var pair = await LocalPair.StartAsync(new LocalPairSettings([.. models], settings.DecodingPort, settings.BackbonePort, data.Path), cancellation);

        using var channel = GrpcChannel.ForAddress(pair.DecodingAddress);
        var client = new DecodingService.DecodingServiceClient(channel);
        await ProgressLine.WhileAsync("decoding", () => ExplainAsync(client, settings.Text, cancellation));

        AnsiConsole.MarkupLineInterpolated($"Decoding serves [bold]{pair.DecodingAddress}[/], Backbone [bold]{pair.BackboneAddress}[/].");
        if (!settings.Once)
        {
            AnsiConsole.WriteLine("Ctrl-C stops both.");
            await pair.WaitForStopAsync(cancellation);
        }
    }

    private static async Task<bool> ExplainAsync(DecodingService.DecodingServiceClient client, string text, CancellationToken cancellation)
    {
        try
        {
            using var call = client.ExplainStream(new ExplainStreamRequest { Decode = new DecodeRequest { Text = text } }, cancellationToken: cancellation);
            await TrajectoryPrinter.PrintAsync(AnsiConsole.Console, text, call.ResponseStream.ReadAllAsync(cancellation), live: false);
            AnsiConsole.WriteLine();
            return true;
        }
        catch (RpcException failure) when (RichError.FromException(failure) is { } error)
        {
            throw new StartupException($"The sentence was refused ({error.Reason}): {error.Message}", failure);
        }
    }
}
