using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Inference;

namespace Strata.Backbone.Readout;

/// <summary>One position of each row of a tensor.</summary>
internal static class PositionSlice
{
    /// <summary>[B, T, ..] to [B, 1, ..].</summary>
    public static OrtValue Take(OrtValue tensor, int[] positions)
    {
        var info = tensor.GetTensorTypeAndShape();
        var extents = info.Shape;
        var sliced = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, info.ElementDataType, [extents[0], 1, .. extents[2..]]);
        var from = tensor.GetTensorMutableRawData();
        var to = sliced.GetTensorMutableRawData();
        var step = to.Length / (int)extents[0];
        for (var row = 0; row < positions.Length; row++)
        {
            from.Slice(((row * (int)extents[1]) + positions[row]) * step, step).CopyTo(to[(row * step)..]);
        }

        return sliced;
    }

    /// <summary>Slices the per-position inputs that the head takes (GPT-2's looks at input_ids' shape).</summary>
    public static void TakeInputs(RunValues values, StageSet stages, int[] positions)
    {
        foreach (var slot in stages.Head.SelectMany(s => s.InputSlots.Skip(1)).Distinct())
        {
            if (slot == stages.Slot("input_ids") || slot == stages.Slot("position_ids") || slot == stages.Slot("token_type_ids"))
            {
                values.SetSliced(slot, Take(values[slot], positions));
            }
        }
    }
}
