using System.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>What K candidate layers and the expert would answer, as probabilities and log-probabilities: the input of a layer
/// selection.</summary>
/// <typeparam name="T">double for label sets, float for vocabularies.</typeparam>
internal readonly ref struct LayerDistributions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _probs;    // [K+1, C]
    private readonly ReadOnlySpan<T> _logProbs; // [K+1, C]

    /// <param name="layers">[K+1] layer numbers, ascending; the last is the expert.</param>
    /// <param name="probs">[K+1, C] probabilities, one row per layer in that order.</param>
    /// <param name="logProbs">[K+1, C] their natural logarithms, from the logits and not from <paramref name="probs"/>.</param>
    /// <exception cref="ArgumentException">Nothing in <paramref name="layers"/>, or the lengths do not fit.</exception>
    public LayerDistributions(ReadOnlySpan<int> layers, ReadOnlySpan<T> probs, ReadOnlySpan<T> logProbs)
    {
        if (layers.IsEmpty || probs.IsEmpty || probs.Length % layers.Length != 0 || probs.Length != logProbs.Length)
        {
            throw new ArgumentException(
                $"{layers.Length} layers cannot have {probs.Length} probabilities and {logProbs.Length} log-probabilities.");
        }

        Layers = layers;
        _probs = probs;
        _logProbs = logProbs;
    }

    public ReadOnlySpan<int> Layers { get; }

    /// <summary>K, the number of layers without the expert.</summary>
    public int CandidateCount => Layers.Length - 1;

    /// <summary>Row of the expert.</summary>
    public int ExpertRow => Layers.Length - 1;

    private int C => _probs.Length / Layers.Length;

    /// <summary>[C] probabilities of one row.</summary>
    public ReadOnlySpan<T> Probs(int row) => _probs.Slice(row * C, C);

    /// <summary>[C] log-probabilities of one row.</summary>
    public ReadOnlySpan<T> LogProbs(int row) => _logProbs.Slice(row * C, C);
}
