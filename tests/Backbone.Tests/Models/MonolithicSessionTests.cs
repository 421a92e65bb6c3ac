using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Inference;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Models;

/// <summary>The stages together against the same file in one session.</summary>
public class MonolithicSessionTests
{
    public static TheoryData<string> Names => GoldenModel.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void StagedLogits_AtTheLastLayer_EqualTheMonolithicSession(string name)
    {
        var model = GoldenModel.Named(name);
        var hosted = model.Hosted;
        var batch = model.Case("len12").Batch();
        var kind = model.IsClassifier ? ReadoutKind.ClassificationHead : ReadoutKind.FullVocabulary;
        var run = new LayerRun { Batch = batch, ExitLayers = [model.Layers], Readout = new ReadoutRequest { Kind = kind, Positions = ReadoutPositions.All } };
        var staged = hosted.Run(run, TestContext.Current.CancellationToken).Single();

        using var options = new SessionOptions();
        options.DisablePerSessionThreads();
        using var session = new InferenceSession(model.OnnxPath, options);
        using var runOptions = new RunOptions();
        using var outputs = session.Run(runOptions, Inputs(session, batch), ["logits"]);
        var expected = outputs.Single();
        Assert.Equal(expected.GetTensorTypeAndShape().Shape, staged.Shape);
        Tolerance.AssertRows(expected.GetTensorDataAsSpan<float>(), staged.Values.Span, (int)staged.Shape[^1], name);
    }

    private static Dictionary<string, OrtValue> Inputs(InferenceSession session, TokenBatch batch)
    {
        long[] shape = [batch.RowCount, batch.Length];
        return session.InputMetadata.ToDictionary(input => input.Key, input => input.Key switch
        {
            "input_ids" => OrtValue.CreateTensorValueFromMemory(batch.InputIds.ToArray(), shape),
            "attention_mask" => OrtValue.CreateTensorValueFromMemory(batch.AttentionMask.ToArray(), shape),
            "token_type_ids" => OrtValue.CreateTensorValueFromMemory(batch.TokenTypeIds.ToArray(), shape),
            "position_ids" => OrtValue.CreateTensorValueFromMemory(batch.PositionIds.ToArray(), shape),
            _ => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.Value.ElementDataType, [batch.RowCount, input.Value.Dimensions[1], 0, input.Value.Dimensions[3]]),
        });
    }
}
