using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>An ONNX file without its large weights: those are references to where they lie.</summary>
internal sealed class OnnxFile
{
    /// <summary>The folder that the locations of external weights are relative to.</summary>
    public required string WeightFolder { get; init; }

    public required long IrVersion { get; init; }

    public required IReadOnlyList<OperatorSetIdProto> OpsetImports { get; init; }

    public required IReadOnlyList<NodeProto> Nodes { get; init; }

    public required IReadOnlyDictionary<string, TensorProto> Initializers { get; init; }

    public required IReadOnlyList<ValueInfoProto> Inputs { get; init; }

    public required IReadOnlyList<ValueInfoProto> Outputs { get; init; }

    /// <summary>Absolute paths of the files beside model.onnx that hold weights, sorted.</summary>
    public required IReadOnlyList<string> ExternalFiles { get; init; }
}
