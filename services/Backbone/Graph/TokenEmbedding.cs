namespace Strata.Backbone.Graph;

/// <summary>The Gather that turns token ids into rows of the embedding table.</summary>
/// <param name="Value">Its output, [B, T, width].</param>
/// <param name="Rows">Rows of the table: token ids run from 0 to one less.</param>
internal readonly record struct TokenEmbedding(int Value, long Rows)
{
    /// <exception cref="BackboneException">ModelUnsupported: no table is indexed by input_ids.</exception>
    public static TokenEmbedding Find(DataflowGraph graph)
    {
        var inputIds = graph.Find("input_ids");
        if (inputIds < 0 || !graph.Inputs.ContainsKey(inputIds))
        {
            throw new BackboneException(BackboneError.ModelUnsupported, "The graph has no input 'input_ids' that its logits depend on. Export a text model that takes token ids.");
        }

        // Layout alone: a sum or comparison of ids makes positions or masks (RoBERTa), which index other tables.
        var ids = new HashSet<int> { inputIds };
        TokenEmbedding? best = null;
        foreach (var node in graph.Nodes)
        {
            if (node.OpType is "Reshape" or "Identity" or "Cast" or "Unsqueeze" or "Squeeze" or "Flatten" && node.Inputs.Length > 0 && node.Outputs[0] >= 0 && ids.Contains(node.Inputs[0]))
            {
                ids.Add(node.Outputs[0]);
            }
            else if (node.OpType.StartsWith("Gather", StringComparison.Ordinal) && node.Inputs.Length >= 2 && node.Inputs[0] >= 0 && node.Outputs[0] >= 0
                && graph.IsConstant[node.Inputs[0]] && ids.Contains(node.Inputs[1]) && TableRows(graph, node.Inputs[0]) is var rows && rows > (best?.Rows ?? 0))
            {
                best = new TokenEmbedding(node.Outputs[0], rows);
            }
        }

        return best ?? throw new BackboneException(BackboneError.ModelUnsupported, "No embedding table is indexed by 'input_ids'. Export the whole model, embeddings included.");
    }

    private static long TableRows(DataflowGraph graph, int value)
    {
        for (var depth = 0; value >= 0 && depth < 8; depth++)
        {
            if (graph.Weight(value) is { } weight)
            {
                return weight.Dims.Count >= 2 ? weight.Dims[0] : 0;
            }

            value = graph.Producers[value] >= 0 && graph.Nodes[graph.Producers[value]].Inputs is [var first, ..] ? first : -1;
        }

        return 0;
    }
}
