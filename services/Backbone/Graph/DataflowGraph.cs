using Strata.Backbone.Graph.Onnx;

namespace Strata.Backbone.Graph;

/// <summary>A node with its values as indices. An input that is left out is -1.</summary>
internal sealed record GraphNode(NodeProto Proto, int[] Inputs, int[] Outputs)
{
    public string OpType => Proto.OpType;

    /// <summary>Shape and Size end every dependency on data: what follows knows extents, not contents.</summary>
    public bool ReadsExtentOnly => OpType is "Shape" or "Size" && Proto.Domain.Length == 0 && Inputs.Length == 1;
}

/// <summary>The graph as numbered values and nodes in topological order, pruned to what its outputs need.</summary>
internal sealed class DataflowGraph
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private DataflowGraph(OnnxFile file) => File = file;

    public OnnxFile File { get; }

    /// <summary>Names of the values by index.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>In an order in which every value is made before it is used; the file's order where that is one.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; private set; } = [];

    /// <summary>Index into <see cref="Nodes"/> of the node that makes a value, or -1.</summary>
    public int[] Producers { get; private set; } = [];

    /// <summary>Values computed from weights and constants alone.</summary>
    public bool[] IsConstant { get; private set; } = [];

    /// <summary>Graph inputs that the outputs need, without weights that old files list as inputs.</summary>
    public IReadOnlyDictionary<int, ValueInfoProto> Inputs { get; private set; } = new Dictionary<int, ValueInfoProto>();

    public IReadOnlyList<int> Outputs { get; private set; } = [];

    public int ValueCount => _names.Count;

    /// <exception cref="BackboneException">ModelInvalid: a value made twice, never made, or made from itself.</exception>
    public static DataflowGraph Build(OnnxFile file)
    {
        var graph = new DataflowGraph(file);
        var declaredInputs = new Dictionary<int, ValueInfoProto>();
        var known = new HashSet<int>();
        foreach (var name in file.Initializers.Keys)
        {
            known.Add(graph.Index(name));
        }

        foreach (var input in file.Inputs.Where(i => !file.Initializers.ContainsKey(i.Name)))
        {
            declaredInputs.Add(known.Add(graph.Index(input.Name)) ? graph.Index(input.Name) : throw Invalid($"input '{input.Name}' is declared twice"), input);
        }

        var nodes = file.Nodes.Select(n => new GraphNode(n, [.. n.Input.Select(graph.IndexOrMissing)], [.. n.Output.Select(graph.IndexOrMissing)])).ToArray();
        var producers = new int[graph.ValueCount];
        Array.Fill(producers, -1);
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var output in nodes[i].Outputs.Where(o => o >= 0))
            {
                if (!known.Add(output))
                {
                    throw Invalid($"value '{graph._names[output]}' is made twice");
                }

                producers[output] = i;
            }
        }

        foreach (var node in nodes)
        {
            foreach (var input in node.Inputs.Where(i => i >= 0 && !known.Contains(i)))
            {
                throw Invalid($"node '{node.Proto.Name}' ({node.OpType}) uses '{graph._names[input]}', which nothing makes");
            }
        }

        var outputs = new List<int>();
        foreach (var output in file.Outputs)
        {
            var index = graph._indices.TryGetValue(output.Name, out var found) && known.Contains(found) ? found : throw Invalid($"output '{output.Name}' is never made");
            if (!outputs.Contains(index))
            {
                outputs.Add(index);
            }
        }

        graph.Outputs = outputs;
        graph.Order(nodes, producers, declaredInputs);
        ShapeChecks.Check(graph);
        return graph;
    }

    /// <summary>Index of a value's name, or -1.</summary>
    public int Find(string name) => _indices.GetValueOrDefault(name, -1);

    /// <summary>The weight that a value is, if it is one.</summary>
    public TensorProto? Weight(int value) => value >= 0 ? File.Initializers.GetValueOrDefault(_names[value]) : null;

    private int IndexOrMissing(string name) => name.Length == 0 ? -1 : Index(name);

    private int Index(string name)
    {
        if (!_indices.TryGetValue(name, out var index))
        {
            _indices[name] = index = _names.Count;
            _names.Add(name);
        }

        return index;
    }

    private void Order(GraphNode[] nodes, int[] producers, Dictionary<int, ValueInfoProto> declaredInputs)
    {
        // 1. What the outputs need.
        var needed = new bool[nodes.Length];
        var pending = new Stack<int>();
        var usedInputs = new Dictionary<int, ValueInfoProto>();
        foreach (var output in Outputs)
        {
            Need(output);
        }

        while (pending.TryPop(out var node))
        {
            foreach (var input in nodes[node].Inputs)
            {
                Need(input);
            }
        }

        // 2. Topological order, by number of inputs that are still to be made; ties in the file's order.
        var waiting = new int[nodes.Length];
        var consumers = new List<int>?[producers.Length];
        var ready = new PriorityQueue<int, int>();
        var neededCount = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!needed[i])
            {
                continue;
            }

            neededCount++;
            foreach (var input in nodes[i].Inputs.Where(v => v >= 0 && producers[v] >= 0))
            {
                waiting[i]++;
                (consumers[input] ??= []).Add(i);
            }

            if (waiting[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var ordered = new List<GraphNode>(neededCount);
        Producers = new int[producers.Length];
        Array.Fill(Producers, -1);
        IsConstant = new bool[producers.Length];
        foreach (var name in File.Initializers.Keys)
        {
            IsConstant[_indices[name]] = true;
        }

        while (ready.TryDequeue(out var i, out _))
        {
            var constant = !IsRandom(nodes[i]) && nodes[i].Inputs.All(v => v < 0 || IsConstant[v]);
            foreach (var output in nodes[i].Outputs.Where(o => o >= 0))
            {
                Producers[output] = ordered.Count;
                IsConstant[output] = constant;
                foreach (var consumer in consumers[output] ?? [])
                {
                    if (--waiting[consumer] == 0)
                    {
                        ready.Enqueue(consumer, consumer);
                    }
                }
            }

            ordered.Add(nodes[i]);
        }

        if (ordered.Count != neededCount)
        {
            throw Invalid("its nodes form a cycle");
        }

        Nodes = ordered;
        Inputs = usedInputs;

        void Need(int value)
        {
            if (value < 0)
            {
                return;
            }

            if (declaredInputs.TryGetValue(value, out var input))
            {
                usedInputs[value] = input;
            }
            else if (producers[value] >= 0 && !needed[producers[value]])
            {
                needed[producers[value]] = true;
                pending.Push(producers[value]);
            }
        }
    }

    private static bool IsRandom(GraphNode node) =>
        node.OpType.StartsWith("Random", StringComparison.Ordinal) || node.OpType is "Bernoulli" or "Multinomial";

    private static BackboneException Invalid(string what) =>
        new(BackboneError.ModelInvalid, $"The ONNX graph is not consistent: {what}. Export it again.");
}
