using System.Diagnostics;
using Grpc.Core;
using Strata.Backbone.Admission;
using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Service.Contexts;
using Strata.Backbone.Service.Models;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Telemetry;
using Strata.Backbone.Tokenization;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Paging;

namespace Strata.Backbone.Service.Rpc;

/// <summary><c>strata.backbone.v1.BackboneService</c>: validate, map, call the library, map back.</summary>
internal sealed class BackboneRpc(
    ModelRegistry models, ModelSwap swap, ResidentContexts contexts, ContextCompiler compiler, ContextLoader loader, ComputePermits permits, BackboneMeter meter, BackboneOptions options)
    : BackboneService.BackboneServiceBase
{
    private const int MaxTexts = 1024;

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new GetModelResponse { Model = models.Get(request.Name).Wire });

    public override Task<ListModelsResponse> ListModels(ListModelsRequest request, ServerCallContext context)
    {
        var page = NamePage.Of(models.Models, model => model.Name, request.PageSize, request.PageToken);
        var response = new ListModelsResponse { NextPageToken = page.NextPageToken };
        response.Models.AddRange(page.Items.Select(model => model.Wire));
        return Task.FromResult(response);
    }

    public override Task<TokenizeResponse> Tokenize(TokenizeRequest request, ServerCallContext context)
    {
        using var lease = models.Lease(request.Model);
        var model = lease.Value.Hosted;
        var tokenizer = model.Tokenizer ?? throw InputMapping.TokenizerMissing(model);
        if (request.Texts.Count is < 1 or > MaxTexts)
        {
            throw InputMapping.Invalid("texts", $"A call takes 1 to {MaxTexts} texts; this one has {request.Texts.Count}.");
        }

        var encode = new EncodeOptions
        {
            AddSpecialTokens = !request.WithoutSpecialTokens,
            ParseSpecialTokens = request.ParseSpecialTokens,
            MaxTokens = options.MaxTokens,
        };
        var response = new TokenizeResponse { Fingerprint = model.Description.Fingerprint };
        for (var i = 0; i < request.Texts.Count; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var text = request.Texts[i];
            response.Texts.Add(TokenMapping.ToWire(InputMapping.InField($"texts[{i}]", () => tokenizer.Encode(text, encode)), tokenizer));
        }

        return Task.FromResult(response);
    }

    public override async Task StreamLayers(StreamLayersRequest request, IServerStreamWriter<StreamLayersResponse> responseStream, ServerCallContext context)
    {
        var cancellation = context.CancellationToken;
        using var lease = models.Lease(request.Model);
        var (served, model) = (lease.Value, lease.Value.Hosted);
        if (request.ExpectedFingerprint.Length > 0)
        {
            KeyValueHeaders.RequireFingerprint(request.ExpectedFingerprint, model.Description.Fingerprint);
        }

        using var followed = FollowedContext.Of(request, served, contexts);
        var rows = InputMapping.Read(request, served, options);
        var batch = followed?.Batch(rows, served) ?? TokenBatch.FromRows(rows.Ids, model.Description.PadTokenId, rows.TypeIds);
        var readout = ReadoutMapping.Effective(request.Readout, model);
        int[] exitLayers = request.ExitLayers.Count > 0 ? [.. request.ExitLayers] : [.. Enumerable.Range(0, model.Description.LayerCount + 1)];
        var run = new LayerRun
        {
            Batch = batch,
            ExitLayers = exitLayers,
            Readout = ReadoutMapping.Read(readout, model, batch.RowCount, batch.Length, options),
            Past = followed?.Past,
        };

        var queued = Stopwatch.GetTimestamp();
        using var permit = await permits.EnterAsync(cancellation);
        var queueTime = Stopwatch.GetElapsedTime(queued);
        meter.Queued(served.Name, queueTime);

        // The library checks the run before its first layer, so a refused request gets its status and no header.
        using var frames = model.Run(run, cancellation).GetEnumerator();
        var started = Stopwatch.GetTimestamp();
        var more = frames.MoveNext();
        meter.FirstLayer(served.Name, started, batch.RowCount);

        var header = new StreamHeader { Model = served.Wire, Readout = readout };
        header.TokenCounts.AddRange(rows.Ids.Select(ids => ids.Count));
        header.ExitLayers.AddRange(exitLayers);
        var stream = new LayerStreamWriter(responseStream, permit, request.CoalesceFrames, cancellation);
        var completed = false;
        try
        {
            await stream.WriteHeaderAsync(header);
            while (more)
            {
                foreach (var frame in FrameEncoding.Encode(frames.Current, readout.DataType))
                {
                    await stream.WriteFrameAsync(frame);
                }

                meter.Layer(served.Name);
                await permit.ResumeAsync(cancellation);
                more = frames.MoveNext();
            }

            completed = true;
        }
        finally
        {
            meter.Ran(served.Name, started, completed);
        }

        await stream.WriteSummaryAsync(new StreamSummary
        {
            LayersRun = exitLayers[^1],
            TokenizeUs = (long)rows.TokenizeTime.TotalMicroseconds,
            QueueUs = (long)queueTime.TotalMicroseconds,
            RunUs = (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds,
        });
    }

    public override Task CompileContext(CompileContextRequest request, IServerStreamWriter<CompileContextResponse> responseStream, ServerCallContext context) =>
        compiler.CompileAsync(request, responseStream, context.CancellationToken);

    public override Task<LoadContextResponse> LoadContext(IAsyncStreamReader<LoadContextRequest> requestStream, ServerCallContext context) =>
        loader.LoadAsync(requestStream, context.CancellationToken);

    public override Task<ListContextsResponse> ListContexts(ListContextsRequest request, ServerCallContext context)
    {
        var fingerprint = request.Model.Length > 0 ? models.Get(request.Model).Wire.Fingerprint : null;
        var listed = contexts.All.Where(resident => fingerprint is null || resident.Source.Fingerprint == fingerprint).ToArray();
        var page = NamePage.Of(listed, resident => resident.Source.Id, request.PageSize, request.PageToken);
        var response = new ListContextsResponse { NextPageToken = page.NextPageToken };
        response.Contexts.AddRange(page.Items.Select(ResidentMapping.ToWire));
        return Task.FromResult(response);
    }

    public override Task<EvictContextResponse> EvictContext(EvictContextRequest request, ServerCallContext context)
    {
        var fingerprint = models.Get(request.Model).Wire.Fingerprint;
        return Task.FromResult(new EvictContextResponse { Bytes = contexts.Evict(request.ContextId, fingerprint) ?? throw FollowedContext.NotResident(request.ContextId) });
    }

    public override async Task SwapModel(SwapModelRequest request, IServerStreamWriter<SwapModelResponse> responseStream, ServerCallContext context)
    {
        await foreach (var progress in swap.RunAsync(request, context.CancellationToken))
        {
            await responseStream.WriteAsync(progress, context.CancellationToken);
        }
    }
}
