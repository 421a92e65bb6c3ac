using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Layers;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Golden;

/// <summary>Log-probabilities and probabilities of a stack's candidates and expert, computed by the library in the precision asked
/// for.</summary>
internal sealed class StackDistributions<T>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly int[] _layers;
    private readonly T[] _probs;
    private readonly T[] _logProbs;
    private readonly int _classCount;

    public StackDistributions(MethodStack stack)
    {
        _layers = [.. stack.Candidates, stack.Expert];
        _classCount = stack.ClassCount;
        _logProbs = new T[_layers.Length * _classCount];
        _probs = new T[_logProbs.Length];
        T[] logits = [.. stack.Logits.Select(T.CreateChecked)];
        for (var row = 0; row < _layers.Length; row++)
        {
            LogSoftmax.Compute<T>(logits.AsSpan(_layers[row] * _classCount, _classCount), _logProbs.AsSpan(row * _classCount, _classCount));
        }

        TensorPrimitives.Exp<T>(_logProbs, _probs);
    }

    public LayerDistributions<T> View => new(_layers, _probs, _logProbs);

    public ReadOnlySpan<T> LogProbs(int layer) => View.LogProbs(Array.IndexOf(_layers, layer));

    /// <summary>Largest finite magnitude of a log-probability: the unit of a score's rounding error.</summary>
    public double Magnitude => Math.Max(1, _logProbs.Where(T.IsFinite).Max(l => Math.Abs(double.CreateChecked(l))));
}
