using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Classification;
using Strata.Decoding.Service.Backbone;

namespace Strata.Decoding.Service.Decode;

/// <summary>A request resolved against one model: parameters validated, labels bound to columns or tokens. Immutable; serves any number of texts.</summary>
/// <param name="Backbone">Where the model is.</param>
/// <param name="Model">The model it was resolved against; a swap makes the plan stale.</param>
/// <param name="Parameters">Validated parameters, the target layer filled in.</param>
/// <param name="Labels">How frames become label scores.</param>
/// <param name="Effective">The parameters as the response echoes them.</param>
/// <param name="Prompt">How a text becomes a prompt; null: the text is the prompt.</param>
internal sealed record DecodePlan(
    BackboneConnection Backbone,
    Model Model,
    ContrastiveParameters Parameters,
    LabelReadout Labels,
    EffectiveParameters Effective,
    PromptTemplate? Prompt)
{
    /// <summary>Which model answers, as the response says it.</summary>
    public ModelIdentity Identity => new()
    {
        Backbone = Backbone.Name,
        Model = Model.Name,
        Fingerprint = Model.Fingerprint,
        LayerCount = Model.LayerCount,
    };

    /// <summary>A classifier with its own workspace.</summary>
    public ContrastiveClassifier CreateClassifier() => new(Parameters, Model.LayerCount, Labels.Labels.Count);

    /// <summary>The call to the Backbone for some texts.</summary>
    /// <param name="texts">Texts, one row each.</param>
    /// <param name="exitLayers">Layers to read out.</param>
    /// <param name="coalesceFrames">Whether frames may travel together: true for a caller that acts when it has them all.</param>
    public StreamLayersRequest Request(IEnumerable<string> texts, IEnumerable<int> exitLayers, bool coalesceFrames)
    {
        var request = new StreamLayersRequest
        {
            Model = Model.Name,
            ExpectedFingerprint = Model.Fingerprint,
            Readout = Labels.Readout,
            CoalesceFrames = coalesceFrames,
        };
        request.ExitLayers.AddRange(exitLayers);
        request.Rows.AddRange(texts.Select(text => new Row { Text = Render(text) }));
        return request;
    }

    private string Render(string text) => Prompt is null ? text : Prompt.InputPrefix + text + Prompt.LabelPrefix;
}
