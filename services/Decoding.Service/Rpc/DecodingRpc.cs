using System.Diagnostics;
using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Contexts;
using Strata.Decoding.Service.Decode;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Paging;

namespace Strata.Decoding.Service.Rpc;

/// <summary><c>strata.decoding.v1.DecodingService</c>: validate, map, decide, map back.</summary>
internal sealed class DecodingRpc(
    BackboneDirectory backbones, BatchDecoder batches, Explainer explainer,
    ContextDirectory contexts, ContextTransfer transfer, ContextEvaluator evaluator, ErrorInterceptor errors, DecodingOptions options)
    : DecodingService.DecodingServiceBase
{
    public override async Task<DecodeResponse> Decode(DecodeRequest request, ServerCallContext context)
    {
        var started = Stopwatch.GetTimestamp();
        Check(request, "text");
        var batch = await batches.DecodeAsync(QuestionOf(request), [request.Text], CallFor(context), _ => "text");
        return Single(request, batch, batch.Results[0], started);
    }

    public override async Task<BatchDecodeResponse> BatchDecode(BatchDecodeRequest request, ServerCallContext context)
    {
        var started = Stopwatch.GetTimestamp();
        if (request.Texts.Count < 1 || request.Texts.Count > options.MaxBatchTexts)
        {
            throw RequestLimits.Invalid("ARGUMENT_INVALID", "texts", $"A batch takes 1 to {options.MaxBatchTexts} texts; this one has {request.Texts.Count}.");
        }

        RequestLimits.CheckShared(request.RequestId, request.ContextId, request.LabelSet, request.Prompt);
        for (var i = 0; i < request.Texts.Count; i++)
        {
            RequestLimits.CheckText(request.Texts[i], $"texts[{i}]", options);
        }

        var question = new DecodeQuestion(request.Backbone, request.Parameters, request.LabelSet, request.Prompt, request.ContextId);
        var response = await batches.DecodeAsync(question, request.Texts, CallFor(context), i => $"texts[{i}]");
        response.RequestId = request.RequestId;
        response.Timing.TotalUs = DecodeRun.Microseconds(started);
        return response;
    }

    public override Task DecodeStream(
        IAsyncStreamReader<DecodeStreamRequest> requestStream, IServerStreamWriter<DecodeStreamResponse> responseStream, ServerCallContext context)
    {
        var call = CallFor(context);
        var loop = new DecodeStreamLoop(options.MaxStreamConcurrency, group => AnswerAsync(group, call, context));
        return loop.RunAsync(requestStream, responseStream, call.CancellationToken);
    }

    public override Task ExplainStream(ExplainStreamRequest request, IServerStreamWriter<ExplainStreamResponse> responseStream, ServerCallContext context)
    {
        var decode = request.Decode ?? throw RequestLimits.Invalid("ARGUMENT_INVALID", "decode", "Send the request to explain in decode.");
        Check(decode, "decode.text");
        var call = CallFor(context);
        return explainer.ExplainAsync(QuestionOf(decode), decode.Text, call, response => responseStream.WriteAsync(response, call.CancellationToken));
    }

    public override async Task<ListBackbonesResponse> ListBackbones(ListBackbonesRequest request, ServerCallContext context)
    {
        var current = backbones.Current;
        var page = NamePage.Of(current.All, backbone => backbone.Name, request.PageSize, request.PageToken);
        var call = CallFor(context);
        var response = new ListBackbonesResponse { NextPageToken = page.NextPageToken };
        response.Backbones.AddRange(await Task.WhenAll(page.Items.Select(backbone => BackboneMapping.DescribeAsync(backbone, backbone.Name == current.DefaultName, call))));
        return response;
    }

    public override Task<CreateContextResponse> CreateContext(CreateContextRequest request, ServerCallContext context) =>
        contexts.CreateAsync(request, CallFor(context));

    public override Task<GetContextResponse> GetContext(GetContextRequest request, ServerCallContext context) =>
        Task.FromResult(new GetContextResponse { Context = ContextMapping.ToWire(contexts.Get(request.Id)) });

    public override Task<ListContextsResponse> ListContexts(ListContextsRequest request, ServerCallContext context) =>
        Task.FromResult(contexts.List(request));

    public override Task<PinContextResponse> PinContext(PinContextRequest request, ServerCallContext context) =>
        Task.FromResult(new PinContextResponse { Context = ContextMapping.ToWire(contexts.Pin(request.Id, request.Pinned)) });

    public override Task<DeleteContextResponse> DeleteContext(DeleteContextRequest request, ServerCallContext context)
    {
        contexts.Delete(request.Id);
        return Task.FromResult(new DeleteContextResponse());
    }

    public override Task ExportContext(ExportContextRequest request, IServerStreamWriter<ExportContextResponse> responseStream, ServerCallContext context) =>
        transfer.ExportAsync(request.Id, part => responseStream.WriteAsync(part, context.CancellationToken), CallFor(context));

    public override Task<ImportContextResponse> ImportContext(IAsyncStreamReader<ImportContextRequest> requestStream, ServerCallContext context) =>
        transfer.ImportAsync(requestStream, context.CancellationToken);

    public override Task EvaluateContext(EvaluateContextRequest request, IServerStreamWriter<EvaluateContextResponse> responseStream, ServerCallContext context)
    {
        // As long as the caller waits: thousands of queries take longer than a decode.
        var call = new CallOptions(deadline: context.Deadline == DateTime.MaxValue ? null : context.Deadline, cancellationToken: context.CancellationToken);
        return evaluator.EvaluateAsync(request, call, progress => responseStream.WriteAsync(progress, context.CancellationToken));
    }

    private async Task<IReadOnlyList<DecodeStreamResponse>> AnswerAsync(IReadOnlyList<DecodeStreamRequest> group, CallOptions call, ServerCallContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            foreach (var request in group)
            {
                Check(request.Decode ?? throw RequestLimits.Invalid("ARGUMENT_INVALID", "decode", "Send the request in decode."), "text");
            }

            var batch = await batches.DecodeAsync(QuestionOf(group[0].Decode), [.. group.Select(request => request.Decode.Text)], call, _ => "text");
            return [.. group.Select((request, i) => new DecodeStreamResponse { Id = request.Id, Response = Single(request.Decode, batch, batch.Results[i], started) })];
        }
        catch (Exception failure) when (!call.CancellationToken.IsCancellationRequested)
        {
            var error = errors.Map(failure, context);
            if (group.Count == 1 || !MayBeOneTexts(error))
            {
                return [.. group.Select(request => new DecodeStreamResponse { Id = request.Id, Error = errors.Count(error).ToStatus() })];
            }

            var answers = new List<DecodeStreamResponse>();
            foreach (var request in group)
            {
                answers.AddRange(await AnswerAsync([request], call, context));
            }

            return answers;
        }
    }

    // A text that is refused, or that the model fails on, must not take its group with it; a Backbone that is gone is gone for all.
    private static bool MayBeOneTexts(RichError error) => error.Code is StatusCode.InvalidArgument or StatusCode.Internal;

    private void Check(DecodeRequest request, string textField)
    {
        RequestLimits.CheckShared(request.RequestId, request.ContextId, request.LabelSet, request.Prompt);
        RequestLimits.CheckText(request.Text, textField, options);
    }

    private CallOptions CallFor(ServerCallContext context)
    {
        var latest = DateTime.UtcNow.AddSeconds(options.DefaultDeadlineSeconds);
        return new CallOptions(deadline: context.Deadline == DateTime.MaxValue ? latest : context.Deadline, cancellationToken: context.CancellationToken);
    }

    private static DecodeQuestion QuestionOf(DecodeRequest request) => new(request.Backbone, request.Parameters, request.LabelSet, request.Prompt, request.ContextId);

    private static DecodeResponse Single(DecodeRequest request, BatchDecodeResponse batch, DecodeResult result, long started)
    {
        var response = new DecodeResponse
        {
            Result = result,
            Effective = batch.Effective,
            Model = batch.Model,
            Timing = batch.Timing.Clone(),
            RequestId = request.RequestId,
            Context = batch.Context,
        };
        response.Timing.TotalUs = DecodeRun.Microseconds(started);
        return response;
    }
}
