using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Contexts;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Telemetry;

/// <summary>docs/telemetry.md has one row for each instrument, with the attributes that it is recorded with.</summary>
public sealed class TelemetryPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TelemetryPage_Rows_EqualTheInstruments()
    {
        using var measured = new MeasuredInstruments();
        await MeasureEverythingAsync();
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md")).Where(line => line.StartsWith("| `strata.", StringComparison.Ordinal));
        Assert.Equal(measured.Rows(), documented);
    }

    /// <summary>A decode on a context, a swap that fails and so an error.</summary>
    private static async Task MeasureEverythingAsync()
    {
        var root = Directory.CreateTempSubdirectory("strata-models-");
        root.CreateSubdirectory("empty");
        using var model = new TinyLanguageModel();
        await using (var backbone = await RunningBackbone.StartAsync([("lm", model.Folder)], $"--Backbone:ModelRoot={root.FullName}"))
        await using (var decoding = await RunningDecoding.StartAsync([("lm", backbone.Address, "lm")]))
        {
            var created = await decoding.Client.CreateContextAsync(new CreateContextRequest { Recipe = Recipes.Tiny() }, cancellationToken: Cancellation);
            await decoding.Client.DecodeAsync(new DecodeRequest { ContextId = created.Context.Id, Text = "fine" }, cancellationToken: Cancellation);
            using var swap = backbone.Client.SwapModel(new SwapModelRequest { Name = "lm", Folder = "empty" }, cancellationToken: Cancellation);
            await Assert.ThrowsAsync<RpcException>(async () => await swap.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
        }

        root.Delete(recursive: true);
    }
}
