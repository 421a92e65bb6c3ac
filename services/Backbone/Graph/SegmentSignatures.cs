using System.Globalization;

namespace Strata.Backbone.Graph;

/// <summary>Numbers segments so that two get the same number when they hold the same operators with weights of the same shapes.</summary>
internal sealed class SegmentSignatures(DataflowGraph graph)
{
    private const int MaxConstantDepth = 4;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public int Sign(IEnumerable<GraphNode> nodes)
    {
        // Sorted, because writers order independent nodes (query, key, value) as they like.
        var parts = nodes.Select(Describe).Order(StringComparer.Ordinal);
        var text = string.Join(';', parts);
        return _numbers.TryGetValue(text, out var number) ? number : _numbers[text] = _numbers.Count;
    }

    private string Describe(GraphNode node) =>
        node.Proto.Domain + node.OpType + string.Concat(node.Inputs.Select(i => WeightShape(i, 0)).Order(StringComparer.Ordinal));

    /// <summary>Shape of the weight behind a value, through operators on constants (Transpose, Cast, DequantizeLinear).</summary>
    private string WeightShape(int value, int depth)
    {
        if (value < 0 || !graph.IsConstant[value])
        {
            return "";
        }

        if (graph.Weight(value) is { } weight)
        {
            // Scalars and shapes are stored now as weights, now as constants, and say nothing about a layer.
            return weight.DataType == TensorSizes.Int64 || weight.Dims.All(d => d == 1)
                ? ""
                : "[" + string.Join(',', weight.Dims.Select(d => d.ToString(CultureInfo.InvariantCulture))) + "]";
        }

        return depth == MaxConstantDepth || graph.Producers[value] < 0
            ? ""
            : string.Concat(graph.Nodes[graph.Producers[value]].Inputs.Select(i => WeightShape(i, depth + 1)));
    }
}
