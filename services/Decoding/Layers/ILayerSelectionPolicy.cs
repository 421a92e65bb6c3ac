using System.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>Chooses the amateur layer among the candidates, for one example.</summary>
/// <typeparam name="T">double for label sets, float for vocabularies. Of the type and not of its methods, because a generic virtual method
/// is looked up in a cache of the runtime that may allocate.</typeparam>
internal interface ILayerSelectionPolicy<T>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    /// <summary>One of <see cref="LayerSelectionPolicies"/>; requests refer to it.</summary>
    string Name { get; }

    /// <summary>Chooses the amateur.</summary>
    /// <param name="layers">K >= 1 candidates and the expert.</param>
    /// <param name="distances">[K] receives each candidate's distance to the expert; NaN where the policy measures none.</param>
    /// <returns>Row of the amateur in <paramref name="layers"/>; of equal candidates the lowest layer.</returns>
    /// <exception cref="ArgumentException">No candidates, or <paramref name="distances"/> is not [K].</exception>
    int Select(LayerDistributions<T> layers, Span<T> distances);
}
