using Grpc.Core;
using Strata.Decoding.Classification;
using Strata.Decoding.Service.Backbone;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Decode;

/// <summary>Resolves what a request asks against the model that will answer it.</summary>
internal sealed class DecodePlanner(BackboneDirectory backbones, LabelBinder labels)
{
    private static readonly string[] _worthASecondRun = ["FINGERPRINT_MISMATCH", "BACKBONE_UNAVAILABLE"];

    /// <summary>Resolves a request and runs it. If the model was swapped or the Backbone restarted in between, describes it again, which
    /// retries by itself, resolves the request anew and runs it once more.</summary>
    /// <param name="question">What to decide.</param>
    /// <param name="call">Deadline and cancellation.</param>
    /// <param name="run">Runs a plan.</param>
    /// <param name="begun">Whether the caller has received part of an answer, after which nothing is run again.</param>
    public async Task<T> RunAsync<T>(DecodeQuestion question, CallOptions call, Func<DecodePlan, Task<T>> run, Func<bool>? begun = null)
    {
        var backbone = backbones.Get(question.Backbone);
        var model = await backbone.DescribeAsync(call);
        try
        {
            return await run(await PlanAsync(backbone, model, question, call));
        }
        catch (RichErrorException failure) when (_worthASecondRun.Contains(failure.Error.Reason) && begun?.Invoke() != true)
        {
            return await run(await PlanAsync(backbone, await backbone.RefreshAsync(call), question, call));
        }
    }

    private async ValueTask<DecodePlan> PlanAsync(BackboneConnection backbone, Contracts.Backbone.V1.Model model, DecodeQuestion question, CallOptions call)
    {
        var applyFinalNorm = question.Parameters is not { HasApplyFinalNorm: true } || question.Parameters.ApplyFinalNorm;
        var readout = await labels.BindAsync(backbone, model, question.LabelSet, applyFinalNorm, call);
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
            question.Prompt);
    }
}
