using System.Net.Http.Json;
using System.Text.Json;
using Strata.Contracts.Decoding.V1;

namespace Strata.Deploy.Tests.Containers;

/// <summary>The images' build and start steps as plain commands: they build, become healthy, decode and stop.</summary>
[Collection(ImagesCollection.Name)]
public sealed class ContainerTests(PublishedImages images)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pair_AsComposeStartsIt_DecodesKeepsAContextAndStopsOnSigterm()
    {
        using var pair = await ContainerPair.StartAsync(images);
        var decoded = await pair.Client.DecodeAsync(new DecodeRequest { Text = "thank you so much, this made my day" }, cancellationToken: Cancellation);
        Assert.Equal(("emotion", "gratitude"), (decoded.Model.Backbone, decoded.Result.Label));

        // Those of the gpu profile are configured always; while nobody starts them, they are listed as unreachable.
        var backbones = await pair.Client.ListBackbonesAsync(new ListBackbonesRequest(), cancellationToken: Cancellation);
        Assert.Equal([("emotion", true), ("emotion_gpu", false), ("icl", true), ("icl_gpu", false)], backbones.Backbones.Select(backbone => (backbone.Name, backbone.Reachable)));

        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{pair.JsonAddress}/strata.decoding.v1.DecodingService/Decode", new { text = "thank you so much, this made my day" }, Cancellation);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("gratitude", json.GetProperty("result").GetProperty("label").GetString());

        // Written to the volume, the only place that takes it.
        var recipe = new ContextRecipe
        {
            Template = new PromptTemplate { InputPrefix = "Review: ", LabelPrefix = "\nSentiment:" },
            LabelSet = new LabelSet { Labels = { new Label { Name = "good", Words = { " good" } }, new Label { Name = "bad", Words = { " bad" } } } },
            Demonstrations = { new Demonstration { Text = "lovely", Label = "good" }, new Demonstration { Text = "awful", Label = "bad" } },
        };
        var created = await pair.Client.CreateContextAsync(new CreateContextRequest { Backbone = "icl", Recipe = recipe }, cancellationToken: Cancellation);
        Assert.InRange(created.Context.KeptTokens, 1, created.Context.PromptTokens);

        Assert.Equal(0, (await pair.Decoding.StopAsync()).ExitCode);
        var (exitCode, output) = await pair.Backbone.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Overriding address", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pair_Confined_HasNoRightsAndAReadOnlyRoot()
    {
        Assert.SkipUnless(await Confinement.IsPossibleAsync(), "Needs root with mount namespaces and setpriv; the other tests ran unconfined.");
        using var pair = await ContainerPair.StartAsync(images);
        foreach (var container in new[] { pair.Backbone, pair.Decoding })
        {
            var status = await File.ReadAllLinesAsync($"/proc/{container.Id}/status", Cancellation);
            Assert.Contains("Uid:\t1654\t1654\t1654\t1654", status);
            Assert.Contains("CapEff:\t0000000000000000", status);
            Assert.Contains("CapBnd:\t0000000000000000", status);
            Assert.Contains("NoNewPrivs:\t1", status);
            var mounts = await File.ReadAllLinesAsync($"/proc/{container.Id}/mounts", Cancellation);
            Assert.StartsWith("ro", mounts.Last(mount => mount.Split(' ')[1] == "/").Split(' ')[3], StringComparison.Ordinal);
        }
    }
}
