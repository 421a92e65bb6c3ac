namespace Strata.Backbone.Graph;

/// <summary>A stretch of the main path between two neighbouring cuts.</summary>
/// <param name="End">The cut value at its end.</param>
/// <param name="Signature">Equal for stretches of the same operators and weight shapes.</param>
/// <param name="NodeCount">Nodes on the main path within it.</param>
internal readonly record struct PathSegment(int End, int Signature, int NodeCount);

/// <summary>What flows from the token embeddings to the logits through data, and the cuts: values that all of it passes through.</summary>
/// <remarks>Masks, positions, rotary tables, past key/values and relative positions join from the side: a Shape operator ends a
/// dependency, and they hang on no token. The cuts are exact: in a topological order of the main path, a value is a cut if no edge
/// jumps over it, because a path that avoids it would need such an edge, and every edge lies on some path.</remarks>
internal sealed class MainPath
{
    private MainPath(int source, IReadOnlyList<PathSegment> segments)
    {
        Source = source;
        Segments = segments;
    }

    /// <summary>The output of the token-embedding Gather: the first cut.</summary>
    public int Source { get; }

    public IReadOnlyList<PathSegment> Segments { get; }

    public static MainPath Trace(DataflowGraph graph, int source, int logits)
    {
        // 1. Values that depend on the source through data, and of those the ones the logits depend on.
        var onPath = Forward(graph, source);
        if (!onPath[logits])
        {
            throw new BackboneException(BackboneError.ModelUnsupported, "The logits do not depend on the token embeddings, so there are no layers to read.");
        }

        KeepBackward(graph, onPath, logits);

        // 2. Number the values of the main path in topological order, and count the edges that jump over each.
        var position = new int[graph.ValueCount];
        Array.Fill(position, -1);
        position[source] = 0;
        var count = 1;
        var nodes = graph.Nodes.Where(n => !n.ReadsExtentOnly && n.Outputs.Any(o => o >= 0 && o != source && onPath[o]) && n.Inputs.Any(i => i >= 0 && onPath[i])).ToArray();
        foreach (var output in nodes.SelectMany(n => n.Outputs).Where(o => o >= 0 && onPath[o]))
        {
            position[output] = count++;
        }

        var jumps = new int[count + 1];
        foreach (var node in nodes)
        {
            foreach (var input in node.Inputs.Where(i => i >= 0 && onPath[i]))
            {
                foreach (var output in node.Outputs.Where(o => o >= 0 && onPath[o]))
                {
                    jumps[position[input] + 1]++;
                    jumps[position[output]]--;
                }
            }
        }

        // 3. Cut where nothing jumps over, and sign what lies between.
        var signatures = new SegmentSignatures(graph);
        var segments = new List<PathSegment>();
        var stretch = new List<GraphNode>();
        var values = nodes.SelectMany(n => n.Outputs.Where(o => o >= 0 && onPath[o]).Select((o, i) => (Value: o, Node: i == 0 ? n : null)));
        var over = jumps[0];
        foreach (var (value, node) in values)
        {
            over += jumps[position[value]];
            if (node is not null)
            {
                stretch.Add(node);
            }

            if (over == 0)
            {
                segments.Add(new PathSegment(value, signatures.Sign(stretch), stretch.Count));
                stretch.Clear();
            }
        }

        return new MainPath(source, segments);
    }

    private static bool[] Forward(DataflowGraph graph, int source)
    {
        var reached = new bool[graph.ValueCount];
        reached[source] = true;
        foreach (var node in graph.Nodes.Where(n => !n.ReadsExtentOnly && n.Inputs.Any(i => i >= 0 && reached[i])))
        {
            foreach (var output in node.Outputs.Where(o => o >= 0))
            {
                reached[output] = true;
            }
        }

        return reached;
    }

    private static void KeepBackward(DataflowGraph graph, bool[] onPath, int logits)
    {
        var needed = new bool[graph.ValueCount];
        needed[logits] = true;
        foreach (var node in graph.Nodes.Reverse().Where(n => !n.ReadsExtentOnly && n.Outputs.Any(o => o >= 0 && needed[o])))
        {
            foreach (var input in node.Inputs.Where(i => i >= 0 && onPath[i]))
            {
                needed[input] = true;
            }
        }

        for (var value = 0; value < onPath.Length; value++)
        {
            onPath[value] &= needed[value];
        }
    }
}
