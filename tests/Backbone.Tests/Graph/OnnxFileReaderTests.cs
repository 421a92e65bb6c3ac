using System.Globalization;
using Google.Protobuf;
using Strata.Backbone.Graph;
using Strata.Backbone.Graph.Onnx;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Graph;

public class OnnxFileReaderTests
{
    [Fact]
    public void Read_ATensorOver2GiB_LeavesItInTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("strata-large");
        try
        {
            // A sparse file: the payload of the one large weight is never written.
            const long payload = 3L << 30;
            var path = Path.Combine(folder.FullName, "model.onnx");
            var header = new TensorProto { Name = "w", DataType = 1, Dims = { payload / 4 } }.ToByteArray();
            var graph = new GraphProto { Node = { new NodeProto { OpType = "Identity", Input = { "w" }, Output = { "y" } } } }.ToByteArray();
            using (var file = File.Create(path))
            {
                Write(file, new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 14 } } }.ToByteArray());
                var raw = Prefix(9, payload);
                var initializer = Prefix(5, header.Length + raw.Length + payload);
                Write(file, [.. Prefix(7, graph.Length + initializer.Length + header.Length + raw.Length + payload), .. graph, .. initializer, .. header, .. raw]);
                file.SetLength(file.Position + payload);
            }

            var before = GC.GetTotalAllocatedBytes();
            var read = OnnxFileReader.Read(path, new ModelLimits(), TestContext.Current.CancellationToken);
            Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
            Assert.Equal(("model.onnx", new FileInfo(path).Length - payload, payload), ExternalWeights.Target(read.Initializers["w"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_WeightsBesideTheFile_AnswersAsWithWeightsInside()
    {
        using var edited = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        MoveWeights(edited, "weights.bin", "weights.bin");
        using var hosted = edited.Load();
        Assert.Equal(Logits(GoldenModel.Gpt2Tiny.Hosted), Logits(hosted));
        Assert.NotEqual(GoldenModel.Gpt2Tiny.Hosted.Description.Fingerprint, hosted.Description.Fingerprint);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("sub/../../weights.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    public void Load_WeightsOutsideTheFolder_IsRefused(string location)
    {
        using var edited = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        MoveWeights(edited, "weights.bin", location);
        var refusal = edited.Refusal();
        Assert.Equal(BackboneError.ModelInvalid, refusal.Error);
        Assert.Contains("outside the model folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AWeightFileThatIsALinkOut_IsRefused()
    {
        using var edited = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        using var elsewhere = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        MoveWeights(edited, "weights.bin", "link.bin");
        File.Move(Path.Combine(edited.Folder, "weights.bin"), Path.Combine(elsewhere.Folder, "weights.bin"));
        File.CreateSymbolicLink(Path.Combine(edited.Folder, "link.bin"), Path.Combine(elsewhere.Folder, "weights.bin"));
        Assert.Equal(BackboneError.ModelInvalid, edited.Refusal().Error);
    }

    [Fact]
    public void Load_AMissingWeightFile_NamesIt()
    {
        using var edited = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        MoveWeights(edited, "weights.bin", "other.bin");
        var refusal = edited.Refusal();
        Assert.Equal(BackboneError.ModelFilesMissing, refusal.Error);
        Assert.Contains("other.bin", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AWeightFileThatIsTooShort_IsRefused()
    {
        using var edited = new EditedModel(GoldenModel.Gpt2Tiny, _ => { });
        MoveWeights(edited, "weights.bin", "weights.bin");
        using (var file = File.OpenWrite(Path.Combine(edited.Folder, "weights.bin")))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.Equal(BackboneError.ModelInvalid, edited.Refusal().Error);
    }

    /// <summary>Writes all weights of at least 1 KiB to a file, at odd offsets, and makes the graph refer to <paramref name="location"/>.</summary>
    private static void MoveWeights(EditedModel edited, string file, string location)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(edited.OnnxPath));
        using (var weights = File.Create(Path.Combine(edited.Folder, file)))
        {
            foreach (var tensor in model.Graph.Initializer.Where(t => t.RawData.Length >= 1024))
            {
                weights.WriteByte(0);
                var (offset, length) = (weights.Position, tensor.RawData.Length);
                weights.Write(tensor.RawData.Span);
                tensor.ClearRawData();
                tensor.DataLocation = 1;
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
            }
        }

        File.WriteAllBytes(edited.OnnxPath, model.ToByteArray());
    }

    private static float[] Logits(HostedModel model) => model.Run(new LayerRun
    {
        Batch = GoldenModel.Gpt2Tiny.Case("len7").Batch(),
        ExitLayers = [4],
        Readout = new ReadoutRequest { Kind = ReadoutKind.FullVocabulary },
    }, TestContext.Current.CancellationToken).Single().Values.ToArray();

    private static byte[] Prefix(int field, long length)
    {
        var bytes = new List<byte> { (byte)((field << 3) | 2) };
        for (; length >= 0x80; length >>= 7)
        {
            bytes.Add((byte)(length | 0x80));
        }

        return [.. bytes, (byte)length];
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> bytes) => file.Write(bytes);
}
