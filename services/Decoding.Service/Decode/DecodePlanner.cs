using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Decoding.Classification;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Contexts;
using Strata.Leases;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Decode;

/// <summary>Resolves what a request asks against the model that will answer it.</summary>
internal sealed class DecodePlanner(BackboneDirectory backbones, LabelBinder labels, ContextDirectory contexts)
{
    // A busy Backbone may evict a context between its arrival and its use, so one upload may not be enough; many show that it never will be.
    private const int MaxUploads = 3;

    // Swaps may follow one another faster than a busy machine describes a model and runs it.
    private const int MaxRuns = 4;

    /// <summary>Resolves a request and runs it. If the model was swapped or the Backbone restarted in between, describes it again, which
    /// retries by itself, resolves the request anew and runs it again. A context that is not resident is sent first.</summary>
    /// <param name="question">What to decide.</param>
    /// <param name="call">Deadline and cancellation.</param>
    /// <param name="run">Runs a plan.</param>
    /// <param name="begun">Whether the caller has received part of an answer, after which nothing is run again.</param>
    public async Task<T> RunAsync<T>(DecodeQuestion question, CallOptions call, Func<DecodePlan, Task<T>> run, Func<bool>? begun = null)
    {
        var stored = question.ContextId.Length > 0 ? contexts.Get(question.ContextId) : null;
        for (var runs = 1; ; runs++)
        {
            // By its name each time: the configuration may have moved it.
            using var lease = Lease(question, stored);
            var model = runs == 1 ? await lease.Value.DescribeAsync(call) : await lease.Value.RefreshAsync(call);
            try
            {
                return await RunAsync(lease.Value, model, question, stored, call, run, begun);
            }
            catch (RichErrorException failure) when (runs < MaxRunsAfter(failure.Error.Reason) && begun?.Invoke() != true)
            {
            }
        }
    }

    private static int MaxRunsAfter(string reason) => reason switch
    {
        "FINGERPRINT_MISMATCH" => MaxRuns,
        "BACKBONE_UNAVAILABLE" => 2,
        _ => 1,
    };

    private Lease<BackboneConnection> Lease(DecodeQuestion question, StoredContext? stored) =>
        stored is null ? backbones.Lease(question.Backbone) : contexts.LeaseBackboneOf(stored, question.Backbone);

    private async Task<T> RunAsync<T>(
        BackboneConnection backbone, Model model, DecodeQuestion question, StoredContext? stored, CallOptions call, Func<DecodePlan, Task<T>> run, Func<bool>? begun)
    {
        var plan = await PlanAsync(backbone, model, question, stored, call);
        for (var uploads = 0; ; uploads++)
        {
            try
            {
                return await run(plan);
            }
            catch (RichErrorException failure) when (failure.Error.Reason == "CONTEXT_NOT_RESIDENT" && plan.Context is not null && uploads < MaxUploads && begun?.Invoke() != true)
            {
                await contexts.MakeResidentAsync(plan.Context, backbone, model, call);
            }
        }
    }

    private async ValueTask<DecodePlan> PlanAsync(BackboneConnection backbone, Model model, DecodeQuestion question, StoredContext? stored, CallOptions call)
    {
        var context = stored is null ? null : await contexts.BindAsync(stored, backbone, model, call);
        var labelSet = context is null ? question.LabelSet : RecipeMapping.LabelSetOf(context.Recipe);
        var prompt = context is null ? question.Prompt : RecipeMapping.PromptOf(context.Recipe);
        var applyFinalNorm = question.Parameters is not { HasApplyFinalNorm: true } || question.Parameters.ApplyFinalNorm;
        var readout = await labels.BindAsync(backbone, model, labelSet, prompt?.LabelPrefix ?? "", applyFinalNorm, call);
        var parameters = ParameterMapping.Read(question.Parameters, model.LayerCount);

        // Constructing validates all parameters at once and fills in the target layer.
        var classifier = new ContrastiveClassifier(parameters, model.LayerCount, readout.Labels.Count);
        bool? normEcho = model.Labels.Count > 0 ? null : applyFinalNorm;
        return new DecodePlan(
            backbone,
            model,
            classifier.Parameters,
            readout,
            ParameterMapping.Effective(classifier.Parameters, model.LayerCount, normEcho),
            prompt,
            context);
    }
}
