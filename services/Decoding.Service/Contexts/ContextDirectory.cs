using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.InContext;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Decode;
using Strata.Decoding.Service.Options;
using Strata.Leases;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Paging;
using ListContextsRequest = Strata.Contracts.Decoding.V1.ListContextsRequest;
using ListContextsResponse = Strata.Contracts.Decoding.V1.ListContextsResponse;

namespace Strata.Decoding.Service.Contexts;

/// <summary>Finds, makes and revives contexts: the store behind, the Backbones in front.</summary>
internal sealed class ContextDirectory(ContextStore store, ContextMemory memory, BackboneDirectory backbones, LabelBinder labels, DecodingOptions options, TimeProvider time)
{
    // Compiling goes on when the caller who began it leaves; this ends it at last.
    private static readonly TimeSpan _compileLimit = TimeSpan.FromMinutes(10);

    private readonly SingleFlight<StoredContext> _compiling = new();
    private readonly SingleFlight<bool> _uploading = new();

    /// <summary>A stored context.</summary>
    /// <exception cref="RichErrorException">CONTEXT_NOT_FOUND; CONTEXT_CORRUPT if its file was damaged beyond its recipe.</exception>
    public StoredContext Get(string id) => store.Find(id) ?? throw (store.IsDamaged(id) ? Corrupt(id, "is damaged and was set aside; create the context again.") : NotFound(id));

    /// <summary>Stored contexts by id, a page at a time, without their demonstrations.</summary>
    public ListContextsResponse List(ListContextsRequest request)
    {
        StoredContext[] listed = [.. store.All.Where(context => request.Backbone.Length == 0 || context.Description.Backbone == request.Backbone)];
        var page = NamePage.Of(listed, context => context.Id, request.PageSize, request.PageToken);
        var response = new ListContextsResponse { NextPageToken = page.NextPageToken };
        response.Contexts.AddRange(page.Items.Select(ContextMapping.ToWireWithoutDemonstrations));
        return response;
    }

    /// <summary>Keeps a context for ever, or lets it expire again.</summary>
    /// <exception cref="RichErrorException">CONTEXT_NOT_FOUND.</exception>
    public StoredContext Pin(string id, bool pinned) => store.Update(id, state => state with { Pinned = pinned }) ?? throw NotFound(id);

    /// <summary>The backbone that queries on a context go to.</summary>
    /// <exception cref="RichErrorException">CONTEXT_OF_OTHER_BACKBONE, BACKBONE_NOT_FOUND.</exception>
    public Lease<BackboneConnection> LeaseBackboneOf(StoredContext context, string requested)
    {
        var own = context.Description.Backbone;
        return requested.Length == 0 || requested == own
            ? backbones.Lease(own)
            : throw new RichErrorException(new RichError(
                StatusCode.FailedPrecondition, "CONTEXT_OF_OTHER_BACKBONE", $"Context {context.Id} was made for backbone \"{own}\", not \"{requested}\"; leave the backbone out, or create it there.")
            {
                Metadata = new Dictionary<string, string> { ["contextId"] = context.Id, ["contextBackbone"] = own, ["requestedBackbone"] = requested },
            });
    }

    /// <summary>Makes a context, or finds the one that this recipe has on this model.</summary>
    public async Task<CreateContextResponse> CreateAsync(CreateContextRequest request, CallOptions call)
    {
        var recipe = await RecipeFields.CheckAsync(() => Task.FromResult(RecipeMapping.Read(request.Recipe)));
        using var lease = backbones.Lease(request.Backbone);
        var backbone = lease.Value;
        var state = new ContextState(request.Pinned, TtlOf(request.Ttl), time.GetUtcNow());

        // The description may be from before a swap.
        var model = await backbone.RefreshAsync(call);
        RequireContexts(model);
        await RecipeFields.CheckAsync(async () => await labels.BindAsync(backbone, model, RecipeMapping.LabelSetOf(recipe), recipe.Template.LabelPrefix, true, call));
        var id = ContextDigest.Compute(recipe, model.Fingerprint);
        var (context, created) = store.Find(id) is { } known
            ? (known, false)
            : await RecipeFields.CheckAsync(() => CompileAsync(id, recipe, request.Recipe, backbone, model, state, call));
        if (!created)
        {
            // Whoever did not make it still has a say: a pin is never lost, a time to live is the last one asked for.
            context = store.Update(id, before => state with { Pinned = before.Pinned || state.Pinned }) ?? throw NotFound(id);
        }

        return new CreateContextResponse { Context = ContextMapping.ToWire(context), Created = created };
    }

    /// <summary>Binds a context to the model that answers now: compiles it anew where that is not the model it was made on.</summary>
    public async Task<BoundContext> BindAsync(StoredContext requested, BackboneConnection backbone, Model model, CallOptions call)
    {
        store.Touch(requested.Id);
        var prompt = requested.Prompt;
        if (requested.Description.Fingerprint == model.Fingerprint)
        {
            return new BoundContext(prompt, requested.KeyValues, requested.Id, recompiled: false);
        }

        RequireContexts(model);
        var id = ContextDigest.Compute(prompt.Recipe, model.Fingerprint);
        var known = store.Find(id);
        var context = known ?? (await CompileAsync(
            id, prompt.Recipe, requested.Description.Recipe, backbone, model, requested.State with { LastUse = time.GetUtcNow() }, call)).Context;
        store.Touch(id);
        return new BoundContext(prompt, context.KeyValues, requested.Id, recompiled: known is null);
    }

    /// <summary>Makes a context resident on the Backbone: sends what is stored, or compiles it anew where that is damaged.</summary>
    public async Task MakeResidentAsync(BoundContext context, BackboneConnection backbone, Model model, CallOptions call)
    {
        var (sent, _) = await _uploading.RunAsync($"{backbone.Name}/{context.Id}", () => UploadAsync(context.Id, backbone, model), call.CancellationToken);
        if (sent)
        {
            context.Use.Uploaded = true;
            return;
        }

        var stored = Get(context.Id);
        await CompileAsync(context.Id, context.Recipe, stored.Description.Recipe, backbone, model, stored.State, call);
        context.Use.Recompiled = true;
    }

    /// <summary>Compiles a context anew whose file is damaged.</summary>
    /// <exception cref="RichErrorException">CONTEXT_CORRUPT: its backbone answers with another model now, which would make another context of it.</exception>
    public async Task MendAsync(StoredContext context, InvalidDataException damage, CallOptions call)
    {
        using var lease = backbones.Lease(context.Description.Backbone);
        var model = await lease.Value.RefreshAsync(call);
        if (model.Fingerprint != context.Description.Fingerprint)
        {
            throw Corrupt(context.Id, $"is damaged ({damage.Message}), and backbone \"{context.Description.Backbone}\" has another model than the one it was made on; delete the context and create it again.", damage);
        }

        await CompileAsync(context.Id, context.Prompt.Recipe, context.Description.Recipe, lease.Value, model, context.State, call);
    }

    /// <summary>The key/values of a stored context; null if they are damaged.</summary>
    public byte[]? KeyValuesOf(StoredContext context)
    {
        if (memory.Find(context.Id) is { } cached)
        {
            return cached;
        }

        var data = store.ReadKeyValues(context);
        if (data is not null)
        {
            memory.Add(context.Id, data);
        }

        return data;
    }

    /// <summary>Forgets a context.</summary>
    /// <exception cref="RichErrorException">CONTEXT_NOT_FOUND.</exception>
    public void Delete(string id)
    {
        memory.Remove(id);
        if (!store.Delete(id))
        {
            throw NotFound(id);
        }
    }

    /// <summary>Time to live of a request. Unit: seconds; 0 means for ever.</summary>
    public long TtlOf(Duration? requested)
    {
        if (requested is null)
        {
            return options.Contexts.DefaultTtlSeconds;
        }

        // Parts of a second count as a whole one.
        var seconds = requested.Seconds + (requested.Nanos > 0 ? 1 : 0);
        return seconds is >= 1 and <= int.MaxValue && requested.Nanos >= 0
            ? seconds
            : throw Rpc.RequestLimits.Invalid("ARGUMENT_INVALID", "ttl", $"ttl is {requested.Seconds} s; it must be more than 0 and at most {int.MaxValue} s.");
    }

    private static RichErrorException Corrupt(string id, string damage, Exception? cause = null) => new(
        new RichError(StatusCode.DataLoss, "CONTEXT_CORRUPT", $"The file of context \"{id}\" {damage}")
        {
            Metadata = new Dictionary<string, string> { ["contextId"] = id },
        },
        cause);

    public static RichErrorException NotFound(string id) => new(new RichError(
        StatusCode.NotFound, "CONTEXT_NOT_FOUND", $"There is no context \"{id}\", or it has expired; ListContexts names them.")
    {
        Metadata = new Dictionary<string, string> { ["contextId"] = id },
    });

    private static void RequireContexts(Model model)
    {
        if (!model.SupportsContexts)
        {
            throw new RichErrorException(new RichError(
                StatusCode.FailedPrecondition, "CONTEXTS_UNSUPPORTED", $"{model.Name} takes no past key/values; contexts need a decoder exported with them."));
        }
    }

    /// <returns>The context, and whether this call made it.</returns>
    private Task<(StoredContext Context, bool Made)> CompileAsync(
        string id, InContext.ContextRecipe recipe, Contracts.Decoding.V1.ContextRecipe wire, BackboneConnection backbone, Model model, ContextState state, CallOptions call) =>
        _compiling.RunAsync(
            $"{backbone.Name}/{id}",
            async () =>
            {
                using var lease = backbone.LeaseAlso();
                var compiled = await RecipeCompiler.CompileAsync(recipe, id, backbone, model, new CallOptions(deadline: DateTime.UtcNow + _compileLimit));
                var description = new Context
                {
                    Id = id,
                    Backbone = backbone.Name,
                    Fingerprint = model.Fingerprint,
                    Recipe = wire,
                    PromptTokens = compiled.Header.PromptTokens,
                    KeptTokens = compiled.Header.KeptPositions.Count,
                    Bytes = compiled.Data.Length,
                    CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
                };
                var stored = store.Add(description, compiled.Header, compiled.Data, state);
                memory.Add(id, compiled.Data);
                return stored;
            },
            call.CancellationToken);

    private async Task<bool> UploadAsync(string id, BackboneConnection backbone, Model model)
    {
        var stored = Get(id);
        if (KeyValuesOf(stored) is not { } data)
        {
            return false;
        }

        using var lease = backbone.LeaseAlso();
        await ContextUpload.SendAsync(backbone, model, stored.KeyValues, data, new CallOptions(deadline: DateTime.UtcNow + _compileLimit));
        return true;
    }
}
