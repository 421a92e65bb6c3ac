namespace Strata.Decoding.Layers;

/// <summary>The layers from which the amateur is selected; never contains the expert layer.</summary>
/// <remarks>Layers are numbered as hidden states: 0 is the embedding output, L the last block and the expert. The extrapolation
/// paper's code counts blocks from 0, so its 15 is 16 here. Built from any numbers a caller sends; whether they lie in 1..L-1 is
/// for <see cref="Classification.ContrastiveParameters.Validate"/> to say, which knows L.</remarks>
public sealed class CandidateLayers
{
    private readonly int[]? _listed; // ascending, distinct; null: the range
    private readonly int _first;
    private readonly int? _last; // null: L-1

    private CandidateLayers(int first, int? last, int[]? listed = null) => (_first, _last, _listed) = (first, last, listed);

    /// <summary>1..L-1, whatever L is: every layer between the embedding output and the expert. The default.</summary>
    public static CandidateLayers All { get; } = new(1, null);

    /// <summary>The layers first..last, both included; empty if <paramref name="last"/> is below <paramref name="first"/>.</summary>
    /// <param name="first">Lowest candidate layer.</param>
    /// <param name="last">Highest candidate layer.</param>
    public static CandidateLayers Range(int first, int last) => new(first, last);

    /// <summary>An explicit list, in any order; a layer named twice counts once.</summary>
    /// <param name="layers">Layer numbers.</param>
    public static CandidateLayers Of(params IEnumerable<int> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        int[] listed = [.. layers.Distinct().Order()];
        return listed.Length == 0 ? new(1, 0) : new(listed[0], listed[^1], listed);
    }

    /// <summary>The candidates below an expert, ascending and distinct; empty if there are none.</summary>
    /// <param name="expertLayer">L.</param>
    /// <exception cref="ArgumentException">A candidate lies outside 1..L-1: validate first.</exception>
    public int[] ToArray(int expertLayer)
    {
        if (IsEmpty(expertLayer))
        {
            return [];
        }

        if (!IsWithin(expertLayer))
        {
            throw new ArgumentException($"{Describe(expertLayer)} is not within 1..{expertLayer - 1}.", nameof(expertLayer));
        }

        return _listed is null ? [.. Enumerable.Range(_first, Last(expertLayer) - _first + 1)] : [.. _listed];
    }

    internal bool IsEmpty(int expertLayer) => Last(expertLayer) < _first;

    /// <summary>Whether every candidate lies in 1..L-1.</summary>
    internal bool IsWithin(int expertLayer) => _first >= 1 && Last(expertLayer) <= expertLayer - 1;

    internal string Describe(int expertLayer) =>
        _listed is null ? $"{_first}..{Last(expertLayer)}" : string.Join(", ", _listed.Take(16)) + (_listed.Length > 16 ? ", ..." : "");

    private int Last(int expertLayer) => _last ?? expertLayer - 1;
}
