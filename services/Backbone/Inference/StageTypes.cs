using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Graph;
using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Inference;

/// <summary>Types of values that cross stages: what ONNX Runtime inferred for the stage that makes them.</summary>
internal sealed class StageTypes(DataflowGraph graph)
{
    private readonly Dictionary<string, TypeProto> _types = new(StringComparer.Ordinal);

    // Only symbols of the file mean the same in every stage; those the runtime makes up are numbered anew in each.
    private readonly HashSet<string> _symbols =
        [.. graph.Inputs.Values.SelectMany(i => i.Type?.TensorType?.Shape?.Dim ?? []).Where(d => d.HasDimParam).Select(d => d.DimParam)];

    public TypeProto Of(int value) => _types[graph.Names[value]];

    public void Learn(InferenceSession session)
    {
        foreach (var (name, metadata) in session.OutputMetadata)
        {
            if (!metadata.IsTensor)
            {
                throw new BackboneException(BackboneError.ModelUnsupported, $"Value '{name}' crosses a layer boundary and is no tensor. Export a plain transformer.");
            }

            var type = new TypeProto.Types.Tensor { ElemType = (int)metadata.ElementDataType };

            // No extents can mean a scalar or an unknown rank: then nothing is said about the shape.
            if (metadata.Dimensions.Length > 0)
            {
                type.Shape = new TensorShapeProto();
                for (var d = 0; d < metadata.Dimensions.Length; d++)
                {
                    var extent = new TensorShapeProto.Types.Dimension();
                    if (metadata.Dimensions[d] >= 0)
                    {
                        extent.DimValue = metadata.Dimensions[d];
                    }
                    else if (_symbols.Contains(metadata.SymbolicDimensions[d]))
                    {
                        extent.DimParam = metadata.SymbolicDimensions[d];
                    }

                    type.Shape.Dim.Add(extent);
                }
            }

            _types[name] = new TypeProto { TensorType = type };
        }
    }
}
