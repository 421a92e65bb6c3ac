using Google.Protobuf;
using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Tests.Graph;

/// <summary>Graphs that are well-formed protobuf and no transformer, or no graph at all.</summary>
public class HostileGraphTests
{
    private static readonly Dictionary<string, (Action<ModelProto> Edit, BackboneError Error, string Says)> Edits = new(StringComparer.Ordinal)
    {
        ["cycle"] = (m => m.Graph.Node.First(n => n.OpType == "Add").Input[0] = m.Graph.Node.Last(n => n.OpType == "Add").Output[0], BackboneError.ModelInvalid, "cycle"),
        ["value made twice"] = (m => m.Graph.Node[5].Output[0] = m.Graph.Node[4].Output[0], BackboneError.ModelInvalid, "made twice"),
        ["input nothing makes"] = (m => m.Graph.Node.Last().Input[0] = "nowhere", BackboneError.ModelInvalid, "nowhere"),
        ["output nothing makes"] = (m => m.Graph.Output[0].Name = "nowhere", BackboneError.ModelInvalid, "nowhere"),
        ["weight twice"] = (m => m.Graph.Initializer.Add(m.Graph.Initializer[0].Clone()), BackboneError.ModelInvalid, "twice"),
        ["absurd shape"] = (m => m.Graph.Initializer[0].Dims[0] = long.MaxValue, BackboneError.ModelInvalid, "absurd shape"),
        ["negative shape"] = (m => m.Graph.Initializer[0].Dims[0] = -1, BackboneError.ModelInvalid, "absurd shape"),
        ["more shape than data"] = (m => m.Graph.Initializer[0].Dims[0]++, BackboneError.ModelInvalid, "bytes"),
        ["hundred dimensions"] = (m => m.Graph.Initializer[0].Dims.Add(Enumerable.Repeat(1L, 100)), BackboneError.ModelInvalid, "dimensions"),
        ["strings for weights"] = (m => m.Graph.Initializer[0].DataType = 8, BackboneError.ModelInvalid, "element type"),
        ["long name"] = (m => m.Graph.Node[0].Name = new string('x', 5000), BackboneError.ModelInvalid, "name"),
        ["axis out of this world"] = (m => m.Graph.Node.First(n => n.OpType == "Unsqueeze").Input[1] = Constant(m, int.MaxValue), BackboneError.ModelInvalid, "axis"),
        ["axis beyond the rank"] = (SliceBeyondRank, BackboneError.ModelInvalid, "axis"),
        ["extent of a billion"] = (m => m.Graph.Node.First(n => n.OpType == "Concat").Input[0] = Constant(m, 1_000_000_000), BackboneError.ModelInvalid, "absurd extent"),
        ["branch"] = (m => SubGraph(m, "If"), BackboneError.ModelUnsupported, "merged"),
        ["loop"] = (m => SubGraph(m, "Loop"), BackboneError.ModelUnsupported, "Loop"),
        ["unknown operator"] = (m => m.Graph.Node.Where(n => n.OpType == "Softmax").ToList().ForEach(n => n.OpType = "Frobnicate"), BackboneError.ModelInvalid, "ONNX Runtime refuses"),
        ["no token ids"] = (m => Rename(m, "input_ids", "tokens"), BackboneError.ModelUnsupported, "input_ids"),
        ["unknown input"] = (m => Rename(m, "attention_mask", "pixel_values"), BackboneError.ModelUnsupported, "pixel_values"),
        ["encoder states"] = (m => Rename(m, "attention_mask", "encoder_attention_mask"), BackboneError.ModelUnsupported, "encoder-decoder"),
        ["no operator set"] = (m => m.OpsetImport.Clear(), BackboneError.ModelInvalid, "not an ONNX model"),
        ["logits of nothing"] = (m => m.Graph.Node.Last().Input[0] = m.Graph.Node.First(n => n.OpType == "Cast").Output[0], BackboneError.ModelUnsupported, "logits depend on"),
    };

    public static TheoryData<string> Names => [.. Edits.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_AHostileGraph_IsRefusedWithWhatIsWrong(string name)
    {
        var (edit, error, says) = Edits[name];
        using var model = new EditedModel(GoldenModel.BertTiny, edit);
        var refusal = model.Refusal();
        Assert.Equal((error, true), (refusal.Error, refusal.Message.Contains(says, StringComparison.Ordinal)));
    }

    private static string Constant(ModelProto model, long value)
    {
        var name = $"constant_{value}";
        var tensor = new TensorProto { DataType = 7, Dims = { 1 }, RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)) };
        model.Graph.Node.Insert(0, new NodeProto { OpType = "Constant", Output = { name }, Attribute = { new AttributeProto { Name = "value", Type = 4, T = tensor } } });
        return name;
    }

    /// <summary>A slice of the mask along its eighth axis, from a place that only a run knows: ONNX Runtime's shape inference does not survive it.</summary>
    private static void SliceBeyondRank(ModelProto model)
    {
        var end = model.Graph.Node.First(n => n.OpType == "Unsqueeze" && model.Graph.Node.Any(s => s.OpType == "Slice" && s.Input[2] == n.Output[0])).Output[0];
        var slice = new NodeProto { OpType = "Slice", Input = { "attention_mask", Constant(model, 0), end, Constant(model, 7) }, Output = { "sliced" } };
        var at = model.Graph.Node.ToList().FindIndex(n => n.Output.Contains(end)) + 1;
        foreach (var node in model.Graph.Node.Where(n => n.OpType == "Unsqueeze" && n.Input[0] == "attention_mask"))
        {
            node.Input[0] = "sliced";
        }

        model.Graph.Node.Insert(at, slice);
    }

    private static void SubGraph(ModelProto model, string opType) =>
        model.Graph.Node.Add(new NodeProto { OpType = opType, Input = { "attention_mask" }, Output = { "branch" }, Attribute = { new AttributeProto { Name = "body", Type = 5, G = ByteString.CopyFromUtf8("") } } });

    private static void Rename(ModelProto model, string from, string to)
    {
        model.Graph.Input.Single(i => i.Name == from).Name = to;
        foreach (var node in model.Graph.Node)
        {
            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == from ? to : node.Input[i];
            }
        }
    }
}
