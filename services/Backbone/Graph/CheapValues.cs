namespace Strata.Backbone.Graph;

/// <summary>Values that a stage computes for itself instead of taking them from an earlier one: constants, and arithmetic on the
/// extents of graph inputs and hidden states.</summary>
/// <remarks>Besides saving a hand-over, this is what lets the head run on a slice of positions: GPT-2's last Reshape looks at the shape of
/// input_ids, and others look at the shape of the embedding output. Computed inside the stage, both follow the slice.</remarks>
internal static class CheapValues
{
    private const int MaxExtentElements = 64;

    /// <returns>Per value: true if every stage may compute it again.</returns>
    public static bool[] Find(DataflowGraph graph, IReadOnlyCollection<int> hiddenStates)
    {
        var cheap = (bool[])graph.IsConstant.Clone();
        var hidden = hiddenStates.ToHashSet();
        foreach (var node in graph.Nodes)
        {
            if (node.ReadsExtentOnly
                ? node.Inputs is [var of] && (graph.Inputs.ContainsKey(of) || hidden.Contains(of))
                : IsExtentArithmetic(node.OpType) && node.Proto.Domain.Length == 0 && node.Inputs.All(i => i < 0 || (cheap[i] && IsSmall(graph, i))))
            {
                foreach (var output in node.Outputs.Where(o => o >= 0))
                {
                    cheap[output] = true;
                }
            }
        }

        return cheap;
    }

    // Operators whose result is no larger than their inputs; Range, Expand, Tile and ConstantOfShape make tensors out of extents.
    private static bool IsExtentArithmetic(string opType) => opType is "Gather" or "Slice" or "Squeeze" or "Unsqueeze" or "Concat" or "Cast" or "Identity"
        or "Add" or "Sub" or "Mul" or "Div" or "Mod" or "Min" or "Max" or "Neg" or "Floor" or "Ceil" or "ReduceProd" or "Equal" or "Less" or "Greater" or "Where" or "Reshape";

    private static bool IsSmall(DataflowGraph graph, int value) =>
        graph.Weight(value) is not { } weight || weight.Dims.Aggregate(1L, (product, dim) => product * Math.Min(dim, MaxExtentElements)) <= MaxExtentElements;
}
