using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>Ranks of values as far as they follow from the operators of transformer exports; -1 where they do not.</summary>
internal sealed class Ranks
{
    private readonly DataflowGraph _graph;
    private readonly int[] _ranks;

    // Elements of one-dimensional values, which are the ranks of what is reshaped or expanded by them.
    private readonly int[] _lengths;

    public Ranks(DataflowGraph graph)
    {
        _graph = graph;
        _ranks = new int[graph.ValueCount];
        _lengths = new int[graph.ValueCount];
        Array.Fill(_ranks, -1);
        Array.Fill(_lengths, -1);
        foreach (var (value, input) in graph.Inputs)
        {
            _ranks[value] = input.Type?.TensorType?.Shape?.Dim.Count ?? -1;
        }

        foreach (var (name, weight) in graph.File.Initializers)
        {
            SetConstant(graph.Find(name), weight);
        }

        foreach (var node in graph.Nodes)
        {
            Infer(node);
        }
    }

    /// <summary>The rank of a value, or -1.</summary>
    public int Of(int value) => value < 0 ? -1 : _ranks[value];

    private int Length(int value) => value < 0 ? -1 : _lengths[value];

    private void Infer(GraphNode node)
    {
        if (node.OpType == "Constant")
        {
            if (node.Proto.Attribute.FirstOrDefault(a => a.Name == "value")?.T is { } tensor && node.Outputs[0] >= 0)
            {
                SetConstant(node.Outputs[0], tensor);
            }

            return;
        }

        if (node.Inputs.Length == 0)
        {
            return;
        }

        var first = Of(node.Inputs[0]);
        var second = node.Inputs.Length > 1 ? Of(node.Inputs[1]) : -1;
        var axes = node.Inputs.Length > 1 ? Length(node.Inputs[1]) : node.Proto.Attribute.FirstOrDefault(a => a.Name == "axes")?.Ints.Count ?? -1;
        var rank = node.OpType switch
        {
            "Shape" or "Range" => 1,
            "Size" => 0,
            "Gemm" => 2,
            "Reshape" or "ConstantOfShape" => Length(node.Inputs[^1]),
            "Expand" => Known(first, axes) ? Math.Max(first, axes) : -1,
            "Gather" => Known(first, second) ? first + second - 1 : -1,
            "Unsqueeze" => Known(first, axes) ? first + axes : -1,
            "Squeeze" => Known(first, axes) ? first - axes : -1,
            "Transpose" or "Slice" or "Concat" or "Cast" or "Softmax" or "Split" or "Identity" or "Neg" or "Sqrt" or "Erf" or "Tanh" or "Sigmoid" or "Exp" or "Log" or "Abs"
                or "Sign" or "Ceil" or "Floor" or "Not" or "Clip" or "Tile" or "CumSum" or "Trilu" or "LayerNormalization" or "Pad" or "ScatterND" or "GatherElements" or "Relu" => first,
            "MatMul" or "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Where" or "Equal" or "Less" or "Greater" or "LessOrEqual" or "GreaterOrEqual" or "And" or "Or" or "Min" or "Max" or "Mod" =>
                node.Inputs.All(i => Of(i) >= 0) ? node.Inputs.Max(Of) : -1,
            _ when node.OpType.StartsWith("Reduce", StringComparison.Ordinal) && (node.Proto.Attribute.FirstOrDefault(a => a.Name == "keepdims")?.I ?? 1) == 1 => first,
            _ => -1,
        };
        foreach (var output in node.Outputs.Where(o => o >= 0))
        {
            _ranks[output] = rank;
        }

        if (rank == 1 && node.Outputs[0] >= 0)
        {
            _lengths[node.Outputs[0]] = node.OpType switch
            {
                "Shape" => first,
                "Unsqueeze" => 1,
                "Concat" => node.Inputs.All(i => Length(i) >= 0) ? node.Inputs.Sum(Length) : -1,
                "Cast" or "Identity" or "Mul" or "Where" or "Equal" => node.Inputs.Max(Length),
                _ => -1,
            };
        }
    }

    private void SetConstant(int value, TensorProto tensor)
    {
        _ranks[value] = tensor.Dims.Count;
        _lengths[value] = tensor.Dims.Count == 1 && tensor.Dims[0] <= 64 ? (int)tensor.Dims[0] : -1;
    }

    private static bool Known(int first, int second) => first >= 0 && second >= 0;
}
