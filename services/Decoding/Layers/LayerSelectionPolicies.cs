using System.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>Names of the layer selections: how the amateur is chosen among the candidates, for each example anew.</summary>
public static class LayerSelectionPolicies
{
    /// <summary>Largest cosine distance between expert and candidate probabilities, as the extrapolation paper's code does. Good for
    /// label sets; the default.</summary>
    public const string MaxCosineDistance = "max_cosine_distance";

    /// <summary>Largest Jensen-Shannon divergence, the textbook one DoLa's text describes. Bounded by ln 2, so a single class that one
    /// layer rules out does not decide alone.</summary>
    public const string MaxJensenShannon = "max_jensen_shannon";

    /// <summary>Largest midpoint-to-layer divergence, what DoLa's released code computes. Choose it to compare with published DoLa
    /// figures; unbounded.</summary>
    public const string MaxMidpointKl = "max_midpoint_kl";

    /// <summary>One given layer for every example. Cheapest: only that layer is read out. Good once a tuned layer is known.</summary>
    public const string Fixed = "fixed";

    /// <summary>Every known name.</summary>
    public static IReadOnlyList<string> Names { get; } = [MaxCosineDistance, MaxJensenShannon, MaxMidpointKl, Fixed];

    /// <summary>The policy of a name, which is case-sensitive.</summary>
    /// <exception cref="DecodingException">UnknownLayerSelection: the message lists the names that exist.</exception>
    internal static ILayerSelectionPolicy<T> Create<T>(string name, int? fixedAmateurLayer)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> => name switch
    {
        MaxCosineDistance => new MaxCosineDistancePolicy<T>(),
        MaxJensenShannon => new MaxJensenShannonPolicy<T>(),
        MaxMidpointKl => new MaxMidpointKlPolicy<T>(),
        Fixed => new FixedLayerPolicy<T>(fixedAmateurLayer ?? throw new ArgumentNullException(nameof(fixedAmateurLayer))),
        _ => throw new DecodingException(DecodingError.UnknownLayerSelection, Unknown(name)),
    };

    internal static string Unknown(string? name) => $"No layer selection is called \"{name}\"; use one of {string.Join(", ", Names)}.";
}
