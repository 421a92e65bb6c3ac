using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>The last multiplication of a head: normed hidden state [.., H] times a constant [H, V].</summary>
/// <param name="Input">The normed hidden state.</param>
/// <param name="Weight">The weight; null when it is computed (quantised), so that single columns cannot be taken.</param>
/// <param name="RowsAreTokens">The weight is [V, H] and not [H, V].</param>
/// <param name="Bias">[V] or null.</param>
internal sealed record FinalProjection(int Input, TensorProto? Weight, bool RowsAreTokens, TensorProto? Bias)
{
    /// <summary>Walks back from the logits; null when what is there is no such multiplication.</summary>
    public static FinalProjection? Find(DataflowGraph graph, int logits)
    {
        TensorProto? bias = null;
        var columnsExact = true;
        var value = logits;
        for (var depth = 0; depth < 16 && graph.Producers[value] >= 0; depth++)
        {
            var node = graph.Nodes[graph.Producers[value]];
            var data = node.Inputs.Where(i => i >= 0 && !graph.IsConstant[i]).ToArray();
            if (data.Length != 1 || node.Outputs[0] != value)
            {
                return null;
            }

            switch (node.OpType)
            {
                case "Cast" or "Identity":
                    break;
                case "Add" when bias is null && graph.Weight(node.Inputs.FirstOrDefault(i => i != data[0], -1)) is { Dims.Count: 1 } added:
                    bias = added;
                    break;
                case "Mul" or "Div" or "Add" or "Sub" or "Tanh":
                    // Scales and soft caps: the projection is found, but its columns alone are not the logits.
                    columnsExact = false;
                    break;
                case "MatMul" or "Gemm" when node.Inputs[0] == data[0]:
                    return Multiplication(graph, node, bias, columnsExact);
                case "MatMulNBits" or "FusedMatMul" or "MatMulIntegerToFloat" or "DynamicQuantizeMatMul" when node.Inputs[0] == data[0]:
                    return new FinalProjection(data[0], null, false, null);
                default:
                    return null;
            }

            value = data[0];
        }

        return null;
    }

    private static FinalProjection Multiplication(DataflowGraph graph, GraphNode node, TensorProto? bias, bool columnsExact)
    {
        var rowsAreTokens = Attribute(node, "transB") == 1;
        if (node.OpType == "Gemm")
        {
            columnsExact &= Attribute(node, "transA") == 0 && Factor(node, "alpha") == 1 && Factor(node, "beta") == 1;
            if (node.Inputs.Length > 2 && node.Inputs[2] >= 0)
            {
                columnsExact &= bias is null && graph.Weight(node.Inputs[2]) is { Dims.Count: 1 };
                bias = graph.Weight(node.Inputs[2]);
            }
        }

        var weight = graph.Weight(node.Inputs[1]);
        if (weight is null && graph.Producers[node.Inputs[1]] >= 0 && graph.Nodes[graph.Producers[node.Inputs[1]]] is { OpType: "Transpose" } transpose)
        {
            // Not folded: the weight is stored [V, H] and turned in the graph.
            var permutation = transpose.Proto.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints;
            weight = permutation is null or [1, 0] ? graph.Weight(transpose.Inputs[0]) : null;
            rowsAreTokens = !rowsAreTokens;
        }

        var readable = columnsExact && weight is { Dims.Count: 2 } && IsFloat(weight) && (bias is null || IsFloat(bias));
        return new FinalProjection(node.Inputs[0], readable ? weight : null, rowsAreTokens, readable ? bias : null);
    }

    private static bool IsFloat(TensorProto tensor) => tensor.DataType is TensorSizes.Float32 or TensorSizes.Float16 or TensorSizes.BFloat16;

    private static long Attribute(GraphNode node, string name) => node.Proto.Attribute.FirstOrDefault(a => a.Name == name)?.I ?? 0;

    private static float Factor(GraphNode node, string name) => node.Proto.Attribute.FirstOrDefault(a => a.Name == name)?.F ?? 1;
}
