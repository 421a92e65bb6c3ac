using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.ServiceDefaults.Errors;
using Strata.Services.Tests.Backbone;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Errors;

/// <summary>Rows of docs/errors.md that need a busy, absent or broken service.</summary>
public sealed class BrokenServiceTests
{
    [Fact]
    public async Task Overloaded_AllPermitsAndTheQueueTaken_RefusesAtOnceWithARetryDelay()
    {
        await using var backbone = await RunningBackbone.StartAsync(
            [("emotion", Repository.EmotionModel)], "--Backbone:MaxConcurrentRuns=1", "--Backbone:MaxQueuedRuns=0");
        using var stalled = backbone.Client.StreamLayers(StalledStream.LargeRequest("emotion"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await stalled.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await AssertAsync("OVERLOADED", () => StreamAsync(backbone, "emotion"), error => Assert.NotNull(error.RetryDelay));
    }

    [Fact]
    public async Task BackboneUnavailable_NobodyListens_SaysSoWithARetryDelay()
    {
        await using var decoding = await RunningDecoding.StartAsync([("gone", "http://127.0.0.1:1", "")]);
        await AssertAsync("BACKBONE_UNAVAILABLE", () => DecodeAsync(decoding), error =>
        {
            Assert.NotNull(error.RetryDelay);
            Assert.Equal("gone", error.Metadata["backbone"]);
        });
    }

    [Fact]
    public async Task BackboneFailed_ForeignServer_IsNotTakenForAnAnswer()
    {
        await using var foreign = await ForeignBackbone.StartAsync();
        await using var decoding = await RunningDecoding.StartAsync([("foreign", foreign.Address, "")]);
        await AssertAsync("BACKBONE_FAILED", () => DecodeAsync(decoding), error => Assert.Equal("foreign", error.Metadata["backbone"]));
    }

    [Fact]
    public async Task Unexpected_HandlerThrowsWhatNobodyForesaw_IsInternalAndLogged()
    {
        await using var foreign = await ForeignBackbone.StartAsync();
        await AssertAsync("UNEXPECTED", () => foreign.Client.GetModelAsync(new GetModelRequest { Name = "throw" }).ResponseAsync);
        Assert.Single(foreign.Log.Errors, line => line.Contains("UnexpectedFailure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NonFiniteLogits_WeightsHoldNaN_IsInternalAndTheServiceGoesOn()
    {
        using var broken = BrokenModel.WithNaNEmbedding(tokenId: 7);
        await using var backbone = await RunningBackbone.StartAsync([("broken", broken.Folder)]);
        await AssertAsync("NON_FINITE_LOGITS", () => StreamAsync(backbone, "broken", 2, 7));
        await StreamAsync(backbone, "broken", 2, 3);
    }

    [Fact]
    public async Task InferenceFailed_ConfigPromisesPositionsTheGraphLacks_IsInternalAndTheServiceGoesOn()
    {
        using var broken = BrokenModel.WithTooManyPositions();
        await using var backbone = await RunningBackbone.StartAsync([("broken", broken.Folder)]);
        await AssertAsync("INFERENCE_FAILED", () => StreamAsync(backbone, "broken", [.. Enumerable.Range(2, 100)]));
        await StreamAsync(backbone, "broken", 2, 3);
    }

    [Theory]
    [InlineData("DEADLINE_EXCEEDED", StatusCode.DeadlineExceeded)]
    [InlineData("CANCELLED", StatusCode.Cancelled)]
    public async Task DecodeEnded_ByDeadlineOrCaller_HasItsStatus(string reason, StatusCode status)
    {
        Assert.Equal(status, ErrorTable.Answers[reason]);
        await using var foreign = await ForeignBackbone.StartAsync();
        await using var decoding = await RunningDecoding.StartAsync([("silent", foreign.Address, "silent")]);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var deadline = status == StatusCode.DeadlineExceeded ? DateTime.UtcNow.AddSeconds(3) : DateTime.UtcNow.AddMinutes(1);
        var call = decoding.Client.DecodeAsync(new DecodeRequest { Text = "x" }, deadline: deadline, cancellationToken: cancel.Token);
        if (status == StatusCode.Cancelled)
        {
            await foreign.Waiting;
            await cancel.CancelAsync();
        }

        Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await foreign.Released.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(decoding.Log.Errors);
    }

    [Fact]
    public async Task DeadlineExceeded_CallWithoutDeadlineAgainstASilentBackbone_EndsByTheServersDefault()
    {
        await using var foreign = await ForeignBackbone.StartAsync();
        await using var decoding = await RunningDecoding.StartAsync([("silent", foreign.Address, "silent")], "--Decoding:DefaultDeadlineSeconds=1");
        await AssertAsync("DEADLINE_EXCEEDED", () => DecodeAsync(decoding), error => Assert.Equal("silent", error.Metadata["backbone"]));
        Assert.Empty(decoding.Log.Errors);
    }

    [Fact]
    public async Task DecodeStream_BackboneUnavailable_AnswersEveryRequestWithTheReason()
    {
        await using var decoding = await RunningDecoding.StartAsync([("gone", "http://127.0.0.1:1", "")]);
        using var call = decoding.Client.DecodeStream(cancellationToken: TestContext.Current.CancellationToken);
        for (ulong id = 0; id < 50; id++)
        {
            await call.RequestStream.WriteAsync(new DecodeStreamRequest { Id = id, Decode = new DecodeRequest { Text = "x" } }, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var answers = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(50, answers.Count);
        Assert.All(answers, answer => Assert.Equal((int)StatusCode.Unavailable, answer.Error.Code));
    }

    private static async Task AssertAsync(string reason, Func<Task> call, Action<RichError>? check = null)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(call);
        var error = RichError.FromException(failure);
        Assert.NotNull(error);
        Assert.Equal(reason, error.Reason);
        Assert.Equal(ErrorTable.Answers[reason], failure.StatusCode);
        check?.Invoke(error);
    }

    private static Task DecodeAsync(RunningDecoding decoding) => decoding.Client.DecodeAsync(new DecodeRequest { Text = "x" }).ResponseAsync;

    private static Task StreamAsync(RunningBackbone backbone, string model, params int[] tokenIds)
    {
        var row = new Row { Tokens = new TokenRow() };
        row.Tokens.TokenIds.AddRange(tokenIds.Length > 0 ? tokenIds : [2, 3]);
        return Provocations.Drain(
            backbone.Client.StreamLayers(new StreamLayersRequest { Model = model, Rows = { row } }), TestContext.Current.CancellationToken);
    }
}
