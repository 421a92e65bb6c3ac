using System.Security.Cryptography;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Models;

public class HostedModelTests
{
    [Fact]
    public void Describe_ALanguageModel_SaysWhatCallersNeed()
    {
        var described = GoldenModel.LlamaTiny.Hosted.Description;
        Assert.Equal(("llama", 4, 64, 4, 2, 16, 512, 64), (described.ModelType, described.LayerCount, described.HiddenSize, described.HeadCount, described.KeyValueHeadCount, described.HeadSize, described.VocabularySize, described.MaxPositions));
        Assert.True(described.SupportsContexts);
        Assert.True(described.CanSkipFinalNorm);
        Assert.Empty(described.Labels);
        Assert.Equal(7, described.StageCount);
        Assert.DoesNotContain(ReadoutKind.ClassificationHead, described.Readouts);
    }

    [Fact]
    public void Describe_AClassifierWithoutNames_NamesItsClasses()
    {
        var described = GoldenModel.DebertaTiny.Hosted.Description;
        Assert.Equal(8, described.Labels.Count);
        Assert.Equal("LABEL_7", described.Labels[7]);
        Assert.False(described.SupportsContexts);
        Assert.Equal([ReadoutKind.None, ReadoutKind.ClassificationHead, ReadoutKind.HiddenState], described.Readouts);
    }

    [Fact]
    public void Fingerprint_OfAFolder_IsTheHashOfItsFiles()
    {
        var files = GoldenModel.BertTiny.Files;
        var bytes = File.ReadAllBytes(files.OnnxPath).Concat(File.ReadAllBytes(files.ConfigPath)).ToArray();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), GoldenModel.BertTiny.Hosted.Description.Fingerprint);
    }

    [Fact]
    public void Load_AMissingFolderOrFile_SaysWhich()
    {
        var folder = Directory.CreateTempSubdirectory("strata-empty");
        try
        {
            Assert.Contains("model.onnx", Refusal(folder.FullName), StringComparison.Ordinal);
            File.Copy(GoldenModel.BertTiny.OnnxPath, Path.Combine(folder.FullName, "model.onnx"));
            Assert.Contains("config.json", Refusal(folder.FullName), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Contains("no model folder", Refusal(folder.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Cancelled_StopsAndLeavesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => HostedModel.Load("m", GoldenModel.BertTiny.Files, GoldenModel.Runtime, new ModelLimits(), null, cancelled));
    }

    [Fact]
    public void Run_WeightsThatAreNotFinite_FailsAsNonFinite()
    {
        using var model = new EditedModel(GoldenModel.Gpt2Tiny, m =>
        {
            var bias = m.Graph.Initializer.Single(t => t.Name == "transformer.h.2.mlp.c_proj.bias");
            bias.RawData = Google.Protobuf.ByteString.CopyFrom([.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), bias.RawData.Length / 4).SelectMany(b => b)]);
        });
        using var hosted = model.Load();
        using var frames = hosted.Run(new LayerRun { Batch = GoldenModel.Gpt2Tiny.Case("len7").Batch(), ExitLayers = [2, 3], Readout = new ReadoutRequest { Kind = ReadoutKind.FullVocabulary } }, TestContext.Current.CancellationToken).GetEnumerator();

        // Layer 2 is still sound; layer 3 is not.
        Assert.True(frames.MoveNext());
        Assert.Equal(BackboneError.NonFiniteLogits, Assert.Throws<BackboneException>(() => frames.MoveNext()).Error);
    }

    private static string Refusal(string folder)
    {
        var refusal = Assert.Throws<BackboneException>(() => HostedModel.Load("m", folder, GoldenModel.Runtime));
        Assert.Equal(BackboneError.ModelFilesMissing, refusal.Error);
        return refusal.Message;
    }
}
