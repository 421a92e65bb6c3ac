using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Classification;
using Strata.Decoding.Layers;
using Strata.Decoding.Service.Rpc;
using WireCandidates = Strata.Contracts.Decoding.V1.CandidateLayers;
using WireMethod = Strata.Contracts.Decoding.V1.Method;
using WireSelection = Strata.Contracts.Decoding.V1.LayerSelection;

namespace Strata.Decoding.Service.Decode;

/// <summary>Parameters between the wire and the library. Resolution: request, then the library's defaults; the effective values go back.</summary>
internal static class ParameterMapping
{
    /// <summary>Field of the request for each property of the library's record; violations speak the caller's language.</summary>
    private static readonly Dictionary<string, string> _fields = new()
    {
        [nameof(ContrastiveParameters.LayerSelection)] = "parameters.layer_selection",
        [nameof(ContrastiveParameters.FixedAmateurLayer)] = "parameters.amateur_layer",
        [nameof(ContrastiveParameters.CandidateLayers)] = "parameters.candidate_layers",
        [nameof(ContrastiveParameters.PlausibilityAlpha)] = "parameters.plausibility_alpha",
        [nameof(ContrastiveParameters.Beta)] = "parameters.beta",
        [nameof(ContrastiveParameters.TargetLayer)] = "parameters.target_layer",
        [nameof(ContrastiveParameters.BetaCap)] = "parameters.beta_cap",
        ["LabelCount"] = "label_set.labels",
        ["Priors"] = "label_set.labels",
    };

    /// <summary>The request's name of a field that the library found at fault.</summary>
    public static string FieldOf(string property) =>
        _fields.TryGetValue(property, out var field) ? field : property.Replace("TokenIds[", "label_set.labels[", StringComparison.Ordinal);

    public static ContrastiveParameters Read(DecodeParameters? from, int expertLayer)
    {
        var defaults = new ContrastiveParameters();
        if (from is null)
        {
            return defaults;
        }

        return defaults with
        {
            Method = Method(from.Method),
            LayerSelection = Selection(from.LayerSelection),
            FixedAmateurLayer = from.HasAmateurLayer ? from.AmateurLayer : null,
            CandidateLayers = Candidates(from.CandidateLayers, expertLayer),
            PlausibilityAlpha = from.HasPlausibilityAlpha ? from.PlausibilityAlpha : defaults.PlausibilityAlpha,
            Beta = from.HasBeta ? from.Beta : defaults.Beta,
            BetaCap = from.HasBetaCap ? from.BetaCap : null,
            TargetLayer = from.TargetCase switch
            {
                DecodeParameters.TargetOneofCase.TargetLayer => from.TargetLayer,
                DecodeParameters.TargetOneofCase.TargetLayersBeyond => expertLayer + from.TargetLayersBeyond,
                _ => null,
            },
        };
    }

    public static EffectiveParameters Effective(ContrastiveParameters used, int expertLayer, bool? applyFinalNorm)
    {
        var effective = new EffectiveParameters { Method = Method(used.Method) };
        if (applyFinalNorm is { } norm)
        {
            effective.ApplyFinalNorm = norm;
        }

        if (used.Method == ContrastiveMethod.Plain)
        {
            return effective;
        }

        effective.LayerSelection = Selection(used.LayerSelection);
        effective.CandidateLayers.AddRange(used.ExitLayers(expertLayer)[..^1]);
        effective.PlausibilityAlpha = used.PlausibilityAlpha;
        if (used.Method == ContrastiveMethod.StaticBeta)
        {
            effective.Beta = used.Beta;
            return effective;
        }

        effective.TargetLayer = used.TargetLayer ?? expertLayer + ContrastiveDefaults.LayersBeyondExpert;
        if (used.BetaCap is { } cap)
        {
            effective.BetaCap = cap;
        }

        return effective;
    }

    private static Layers.CandidateLayers Candidates(WireCandidates? from, int expertLayer)
    {
        if (from is null)
        {
            return Layers.CandidateLayers.All;
        }

        if (from.Layers.Count > 0 && (from.HasFirst || from.HasLast))
        {
            throw RequestLimits.Invalid("CANDIDATES_INVALID", "parameters.candidate_layers", "Give a range (first, last) or a list (layers), not both.");
        }

        return from.Layers.Count > 0
            ? Layers.CandidateLayers.Of(from.Layers)
            : Layers.CandidateLayers.Range(from.HasFirst ? from.First : 1, from.HasLast ? from.Last : expertLayer - 1);
    }

    private static ContrastiveMethod Method(WireMethod method) => method switch
    {
        WireMethod.Unspecified => ContrastiveDefaults.Method,
        WireMethod.Plain => ContrastiveMethod.Plain,
        WireMethod.Contrastive => ContrastiveMethod.StaticBeta,
        WireMethod.Extrapolation => ContrastiveMethod.Extrapolation,
        _ => throw RequestLimits.Invalid("ARGUMENT_INVALID", "parameters.method", $"Method {(int)method} is not known to this server."),
    };

    private static WireMethod Method(ContrastiveMethod method) => method switch
    {
        ContrastiveMethod.Plain => WireMethod.Plain,
        ContrastiveMethod.StaticBeta => WireMethod.Contrastive,
        _ => WireMethod.Extrapolation,
    };

    private static string Selection(WireSelection selection) => selection switch
    {
        WireSelection.Unspecified => ContrastiveDefaults.LayerSelection,
        WireSelection.MaxCosineDistance => LayerSelectionPolicies.MaxCosineDistance,
        WireSelection.MaxJensenShannon => LayerSelectionPolicies.MaxJensenShannon,
        WireSelection.MaxMidpointKl => LayerSelectionPolicies.MaxMidpointKl,
        WireSelection.Fixed => LayerSelectionPolicies.Fixed,
        _ => throw RequestLimits.Invalid("ARGUMENT_INVALID", "parameters.layer_selection", $"Layer selection {(int)selection} is not known to this server."),
    };

    private static WireSelection Selection(string name) => name switch
    {
        LayerSelectionPolicies.MaxJensenShannon => WireSelection.MaxJensenShannon,
        LayerSelectionPolicies.MaxMidpointKl => WireSelection.MaxMidpointKl,
        LayerSelectionPolicies.Fixed => WireSelection.Fixed,
        _ => WireSelection.MaxCosineDistance,
    };
}
