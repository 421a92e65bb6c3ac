using Microsoft.ML.OnnxRuntime;

namespace Strata.Backbone.Inference;

/// <summary>The tensors of one run, by slot. Those it owns are freed after their last use, and at the end.</summary>
internal sealed class RunValues(int slotCount) : IDisposable
{
    private readonly OrtValue?[] _values = new OrtValue?[slotCount];
    private readonly bool[] _owned = new bool[slotCount];
    private Dictionary<int, OrtValue>? _sliced;

    public OrtValue this[int slot] => _values[slot] ?? throw new InvalidOperationException($"Slot {slot} is empty: the stages are not in order.");

    public void Own(int slot, OrtValue value)
    {
        _values[slot] = value;
        _owned[slot] = true;
    }

    /// <summary>Holds a tensor that someone else disposes.</summary>
    public void Borrow(int slot, OrtValue value) => _values[slot] = value;

    /// <summary>Gives an owned tensor away.</summary>
    public OrtValue Take(int slot)
    {
        _owned[slot] = false;
        return this[slot];
    }

    public void Free(int slot)
    {
        if (_owned[slot])
        {
            _values[slot]?.Dispose();
            _owned[slot] = false;
        }

        _values[slot] = null;
    }

    /// <summary>The tensor of a slot restricted to the positions that are read out, where it has positions.</summary>
    public OrtValue Sliced(int slot) => _sliced is not null && _sliced.TryGetValue(slot, out var value) ? value : this[slot];

    public void SetSliced(int slot, OrtValue value) => (_sliced ??= [])[slot] = value;

    public void Dispose()
    {
        for (var slot = 0; slot < _values.Length; slot++)
        {
            Free(slot);
        }

        foreach (var value in _sliced?.Values ?? Enumerable.Empty<OrtValue>())
        {
            value.Dispose();
        }

        _sliced = null;
    }
}
