using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Decode;

/// <summary>A backbone is restarted, with the same model or another, and Decoding is not: the next call is answered by what is there now.</summary>
public sealed class SwappedBackboneTests : IDisposable
{
    private readonly string _otherModel = Directory.CreateTempSubdirectory("strata-other-").FullName;

    public SwappedBackboneTests()
    {
        foreach (var file in new[] { "model.onnx", "tokenizer.json", "config.json" })
        {
            File.Copy(Path.Combine(Repository.EmotionModel, file), Path.Combine(_otherModel, file));
        }

        // One more byte is another fingerprint.
        File.AppendAllText(Path.Combine(_otherModel, "config.json"), "\n");
    }

    public void Dispose() => Directory.Delete(_otherModel, recursive: true);

    [Fact]
    public async Task Decode_BackboneRestartedWithAnotherModel_AnswersFromTheNewOne()
    {
        var first = await RunningBackbone.StartAsync([("m", Repository.EmotionModel)]);
        var port = new Uri(first.Address).Port;
        await using var decoding = await RunningDecoding.StartAsync([("m", first.Address, "m")]);
        var before = await DecodeAsync(decoding);
        await first.DisposeAsync();

        await using var second = await RunningBackbone.StartAsync([("m", _otherModel)], $"--Backbone:Listen=127.0.0.1:{port}");
        var after = await DecodeAsync(decoding);
        Assert.NotEqual(before.Model.Fingerprint, after.Model.Fingerprint);
        Assert.Equal(before.Result.Label, after.Result.Label);
        Assert.Empty(decoding.Log.Errors);
    }

    [Fact]
    public async Task ExplainStream_BackboneRestartedWithAnotherModel_SendsOneHeaderOfTheNewOne()
    {
        var first = await RunningBackbone.StartAsync([("m", Repository.EmotionModel)]);
        var port = new Uri(first.Address).Port;
        await using var decoding = await RunningDecoding.StartAsync([("m", first.Address, "m")]);
        var before = await DecodeAsync(decoding);
        await first.DisposeAsync();

        await using var second = await RunningBackbone.StartAsync([("m", _otherModel)], $"--Backbone:Listen=127.0.0.1:{port}");
        using var call = decoding.Client.ExplainStream(new ExplainStreamRequest { Decode = new DecodeRequest { Text = SampleTexts.All[0] } }, cancellationToken: TestContext.Current.CancellationToken);
        var headers = new List<ExplainHeader>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            if (call.ResponseStream.Current.Header is { } header)
            {
                headers.Add(header);
            }
        }

        Assert.NotEqual(before.Model.Fingerprint, Assert.Single(headers).Model.Fingerprint);
    }

    private static async Task<DecodeResponse> DecodeAsync(RunningDecoding decoding) =>
        await decoding.Client.DecodeAsync(new DecodeRequest { Text = SampleTexts.All[0] }, cancellationToken: TestContext.Current.CancellationToken);
}
