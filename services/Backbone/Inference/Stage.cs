using Microsoft.ML.OnnxRuntime;

namespace Strata.Backbone.Inference;

/// <summary>One stage as a session, with the slots its inputs come from and its outputs go to.</summary>
/// <remarks>InferenceSession.Run may be called from many threads at once, so runs share stages without a lock.</remarks>
internal sealed class Stage(InferenceSession session) : IDisposable
{
    public required string[] InputNames { get; init; }

    /// <summary>Slot of each input; the hidden input, where there is one, is the first.</summary>
    public required int[] InputSlots { get; init; }

    public required bool TakesHidden { get; init; }

    /// <summary>The stage's output first, then side values.</summary>
    public required string[] OutputNames { get; init; }

    public required int[] OutputSlots { get; init; }

    /// <summary>The same, followed by present key/values.</summary>
    public required string[] OutputNamesWithPresent { get; init; }

    public required int[] OutputSlotsWithPresent { get; init; }

    /// <summary>Slots that no later stage takes.</summary>
    public int[] FreeAfter { get; set; } = [];

    /// <summary>Runs the stage on a run's values and puts its outputs there.</summary>
    public void Run(RunValues values, RunOptions options, bool keepPresent)
    {
        var inputs = new OrtValue[InputSlots.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = values[InputSlots[i]];
        }

        var slots = keepPresent ? OutputSlotsWithPresent : OutputSlots;
        var outputs = RunSession(options, inputs, keepPresent ? OutputNamesWithPresent : OutputNames);
        for (var i = 0; i < slots.Length; i++)
        {
            values.Own(slots[i], outputs[i]);
        }

        foreach (var slot in FreeAfter)
        {
            values.Free(slot);
        }
    }

    /// <summary>Runs a stage of the head from a given hidden state; the caller disposes the result.</summary>
    public OrtValue RunHead(RunValues values, OrtValue hidden, bool sliced, RunOptions options)
    {
        var inputs = new OrtValue[InputSlots.Length];
        inputs[0] = hidden;
        for (var i = 1; i < inputs.Length; i++)
        {
            inputs[i] = sliced ? values.Sliced(InputSlots[i]) : values[InputSlots[i]];
        }

        return RunSession(options, inputs, OutputNames)[0];
    }

    public void Dispose() => session.Dispose();

    private IDisposableReadOnlyCollection<OrtValue> RunSession(RunOptions options, OrtValue[] inputs, string[] outputNames)
    {
        try
        {
            // The collection is not disposed: its values live on in the run.
            return session.Run(options, InputNames, inputs, outputNames);
        }
        catch (OnnxRuntimeException e)
        {
            throw new BackboneException(BackboneError.InferenceFailed, "ONNX Runtime refused a stage of the model; the host's log says why. Check the model and the input.", e);
        }
    }
}
