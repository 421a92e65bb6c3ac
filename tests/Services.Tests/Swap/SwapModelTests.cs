using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.ServiceDefaults.Errors;
using Strata.Services.Tests.Decode;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Swap;

/// <summary>Models swapped by RPC while they serve: nothing fails, nothing mixes, a bad folder changes nothing.</summary>
public sealed class SwapModelTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("strata-models-").FullName;
    private RunningBackbone _backbone = null!;
    private RunningDecoding _decoding = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, end) in new[] { ("a", ""), ("b", "\n"), ("cut", "") })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
            foreach (var file in new[] { "model.onnx", "tokenizer.json", "config.json" })
            {
                File.Copy(Path.Combine(Repository.EmotionModel, file), Path.Combine(folder, file));
            }

            // One more byte is another fingerprint.
            File.AppendAllText(Path.Combine(folder, "config.json"), end);
        }

        using (var cut = new FileStream(Path.Combine(_root, "cut", "model.onnx"), FileMode.Open))
        {
            cut.SetLength(cut.Length / 2);
        }

        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), Repository.EmotionModel);
        _backbone = await RunningBackbone.StartAsync([("m", Path.Combine(_root, "a"))], $"--Backbone:ModelRoot={_root}");
        _decoding = await RunningDecoding.StartAsync([("m", _backbone.Address, "m")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _decoding.DisposeAsync();
        await _backbone.DisposeAsync();
        Assert.Empty(_decoding.Log.Errors);
        Assert.Empty(_backbone.Log.Errors);
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Swap_TwentyTimesUnderLoad_FailsNoCall()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answers = 0;
        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await _decoding.Client.DecodeAsync(new DecodeRequest { Text = SampleTexts.All[worker] }, cancellationToken: Cancellation);
                Interlocked.Increment(ref answers);
                lock (fingerprints)
                {
                    fingerprints.Add(answer.Model.Fingerprint);
                }
            }
        })).ToArray();
        for (var swap = 0; swap < 20; swap++)
        {
            var stages = await SwapAsync(swap % 2 == 0 ? "b" : "a");
            Assert.Equal(SwapStage.Loading, stages[0].Stage);
            Assert.Equal(SwapStage.Done, stages[^1].Stage);
            Assert.Equal(swap + 2, stages[^1].Model.Generation);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(2, fingerprints.Count);
        Assert.InRange(answers, 20, int.MaxValue);
    }

    [Fact]
    public async Task Swap_ThreeBetweenDescriptionsAndRuns_FailNoCall()
    {
        await using var hasty = await HastyBackbone.StartAsync(_backbone.Client, run => SwapAsync(run % 2 == 1 ? "b" : "a"), swaps: 3);
        await using var decoding = await RunningDecoding.StartAsync([("m", hasty.Address, "m")]);
        var answer = await decoding.Client.DecodeAsync(new DecodeRequest { Text = "fine" }, cancellationToken: Cancellation);
        var now = await _backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: Cancellation);
        Assert.Equal((4, now.Model.Fingerprint), (now.Model.Generation, answer.Model.Fingerprint));
    }

    [Fact]
    public async Task Swap_WhileAStreamRuns_TheStreamEndsOnItsGeneration()
    {
        using var stream = _backbone.Client.StreamLayers(new StreamLayersRequest { Rows = { new Row { Text = "fine" } } }, cancellationToken: Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(1, stream.ResponseStream.Current.Header.Model.Generation);
        await SwapAsync("b");
        var messages = await stream.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.NotNull(messages[^1].Summary);
        var after = await _backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: Cancellation);
        Assert.Equal(2, after.Model.Generation);
    }

    public static TheoryData<string, string> BadFolders => new()
    {
        { "cut", "MODEL_INVALID" },
        { "nobody", "MODEL_FILES_MISSING" },
        { "", "ARGUMENT_INVALID" },
        { ".", "ARGUMENT_INVALID" },
        { "..", "ARGUMENT_INVALID" },
        { "../a", "ARGUMENT_INVALID" },
        { "/etc", "ARGUMENT_INVALID" },
        { "link", "ARGUMENT_INVALID" },
        { "a\0b", "ARGUMENT_INVALID" },
    };

    [Theory]
    [MemberData(nameof(BadFolders))]
    public async Task Swap_BadFolder_LeavesTheOldModelServing(string folder, string reason)
    {
        Assert.Equal(reason, (await FailureAsync(() => SwapAsync(folder))).Reason);
        var model = await _backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: Cancellation);
        Assert.Equal(1, model.Model.Generation);
        await _decoding.Client.DecodeAsync(new DecodeRequest { Text = "fine" }, cancellationToken: Cancellation);
        await SwapAsync("b");
    }

    [Fact]
    public async Task Swap_PathLongerThanAny_IsRefusedWithoutFollowingIt()
    {
        // Each of its parts would be looked up; with a million of them that took gigabytes.
        var folder = string.Concat(Enumerable.Repeat("x/", 3000));
        Assert.Equal("ARGUMENT_INVALID", (await FailureAsync(() => SwapAsync(folder))).Reason);
    }

    [Fact]
    public async Task Swap_RequestRepeated_IsAnsweredWithItsOutcome()
    {
        var first = await SwapAsync("b", "id-1");
        var again = await SwapAsync("b", "id-1");
        Assert.Equal(first[^1], Assert.Single(again));
        Assert.Equal("ARGUMENT_INVALID", (await FailureAsync(() => SwapAsync("a", "id-1"))).Reason);
        Assert.Equal(2, (await _backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: Cancellation)).Model.Generation);
    }

    [Fact]
    public async Task Swap_TwoAtOnce_RefusesTheSecond()
    {
        using var first = _backbone.Client.SwapModel(new SwapModelRequest { Name = "m", Folder = "b" }, cancellationToken: Cancellation);
        Assert.True(await first.ResponseStream.MoveNext(Cancellation));
        var refused = await Record.ExceptionAsync(() => SwapAsync("a"));
        var rest = await first.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Equal(SwapStage.Done, rest[^1].Stage);
        if (refused is RpcException failure)
        {
            // Unless the first was done before the second came.
            Assert.Equal("SWAP_IN_PROGRESS", RichError.FromException(failure)!.Reason);
        }
    }

    [Fact]
    public async Task Swap_CallerLeavesWhileLoading_LeavesTheOldModelAndTheNextSwapWorks()
    {
        using (var left = _backbone.Client.SwapModel(new SwapModelRequest { Name = "m", Folder = "b" }, cancellationToken: Cancellation))
        {
            Assert.True(await left.ResponseStream.MoveNext(Cancellation));
        }

        // Until what was begun is undone, the next is refused.
        Exception? refused;
        do
        {
            refused = await Record.ExceptionAsync(() => SwapAsync("b"));
        }
        while (refused is RpcException failure && RichError.FromException(failure)!.Reason == "SWAP_IN_PROGRESS");
        Assert.Null(refused);
        Assert.InRange((await _backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: Cancellation)).Model.Generation, 2, 3);
    }

    [Fact]
    public async Task Swap_UnknownModel_IsNotFound()
    {
        using var call = _backbone.Client.SwapModel(new SwapModelRequest { Name = "nobody", Folder = "b" }, cancellationToken: Cancellation);
        Assert.Equal("MODEL_NOT_FOUND", (await FailureAsync(() => call.ResponseStream.MoveNext(Cancellation))).Reason);
    }

    private static async Task<RichError> FailureAsync(Func<Task> call) => RichError.FromException(await Assert.ThrowsAsync<RpcException>(call))!;

    private async Task<List<SwapModelResponse>> SwapAsync(string folder, string requestId = "")
    {
        using var call = _backbone.Client.SwapModel(new SwapModelRequest { Name = "m", Folder = folder, RequestId = requestId }, cancellationToken: Cancellation);
        return await call.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
    }
}
