using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Strata.Backbone.Inference;

namespace Strata.Benchmarks.Load.Subjects;

/// <summary>The same model.onnx in one ordinary session: what Strata is compared with. Same thread pool, same allocator, same options.</summary>
internal sealed class MonolithicModel : IDisposable
{
    private static readonly string[] _outputs = ["logits"];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    public MonolithicModel(string folder, InferenceRuntime runtime)
    {
        using var options = runtime.CreateSessionOptions(folder, onCallersThread: false);
        _session = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
    }

    /// <summary>Logits of all positions or classes, copied out as HostedModel does.</summary>
    public float[] Run(TokenBatch batch)
    {
        string[] names = [.. _session.InputMetadata.Keys];
        OrtValue[] inputs = [.. names.Select(name => Input(name, batch))];
        try
        {
            using var outputs = _session.Run(_options, names, inputs, _outputs);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            foreach (var input in inputs)
            {
                input.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private OrtValue Input(string name, TokenBatch batch)
    {
        long[] shape = [batch.RowCount, batch.Length];
        return name switch
        {
            "input_ids" => OrtValue.CreateTensorValueFromMemory(batch.Ids, shape),
            "attention_mask" => OrtValue.CreateTensorValueFromMemory(batch.Mask, shape),
            "token_type_ids" => OrtValue.CreateTensorValueFromMemory(new long[batch.Ids.Length], shape),
            "position_ids" => OrtValue.CreateTensorValueFromMemory(RunInputs.Positions(batch, pastLength: 0), shape),
            _ => EmptyPast(_session.InputMetadata[name].Dimensions, batch.RowCount),
        };
    }

    private static OrtValue EmptyPast(int[] extents, int rows) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [rows, extents[1], 0, extents[3]]);
}
