namespace Strata.Backbone.Graph;

/// <summary>Gives every node its stage and every stage its inputs and outputs, by liveness.</summary>
internal sealed class StageAssignment
{
    private readonly DataflowGraph _graph;
    private readonly int[] _ends;
    private readonly bool[] _cheap;
    private readonly Dictionary<int, int> _endStage;
    private readonly HashSet<int> _hiddenStates;
    private readonly int[] _stageOfNode;

    private StageAssignment(DataflowGraph graph, int[] hiddenStates, int[] ends)
    {
        _graph = graph;
        _ends = ends;
        _hiddenStates = [.. hiddenStates];
        _cheap = CheapValues.Find(graph, hiddenStates);
        _endStage = ends.Select((value, stage) => (value, stage)).ToDictionary(e => e.value, e => e.stage);
        _stageOfNode = new int[graph.Nodes.Count];
    }

    /// <param name="graph">The graph.</param>
    /// <param name="hiddenStates">[L + 1] values of one shape [B, T, H].</param>
    /// <param name="ends">The value each stage ends in; stage s starts from the end of stage s - 1.</param>
    /// <param name="renameInLast">The last stage starts from a hidden state, so the shape of any hidden state is the shape of its input.</param>
    /// <returns>The stages; null when the ends are not in the order of computation or the last stage needs a hidden state's shape that it cannot have.</returns>
    public static StageSpec[]? TryAssign(DataflowGraph graph, int[] hiddenStates, int[] ends, bool renameInLast)
    {
        if (ends.Distinct().Count() != ends.Length)
        {
            return null;
        }

        var assignment = new StageAssignment(graph, hiddenStates, ends);
        return assignment.PlaceNodes() ? assignment.Collect(renameInLast) : null;
    }

    /// <summary>Earliest stages forward, then each node as late as its first use: a layer's own side computations
    /// (DeBERTa's projected positions) run in that layer and not all at once before it.</summary>
    private bool PlaceNodes()
    {
        var earliest = _stageOfNode;
        for (var n = 0; n < earliest.Length; n++)
        {
            foreach (var input in _graph.Nodes[n].Inputs.Where(i => i >= 0 && !_cheap[i]))
            {
                var producer = _graph.Producers[input];
                var available = _endStage.TryGetValue(input, out var end) ? end + 1 : producer >= 0 ? earliest[producer] : 0;
                earliest[n] = Math.Max(earliest[n], available);
            }
        }

        var pinned = new bool[earliest.Length];
        foreach (var output in _graph.Outputs.Concat(_ends).Where(o => _graph.Producers[o] >= 0))
        {
            pinned[_graph.Producers[output]] = true;
        }

        if (_ends.Where((end, stage) => _graph.Producers[end] < 0 || earliest[_graph.Producers[end]] != stage).Any())
        {
            return false;
        }

        var firstUse = new int[earliest.Length];
        Array.Fill(firstUse, int.MaxValue);
        for (var n = earliest.Length - 1; n >= 0; n--)
        {
            if (!pinned[n] && firstUse[n] != int.MaxValue)
            {
                _stageOfNode[n] = firstUse[n];
            }

            if (_graph.Nodes[n].Outputs.Any(o => o >= 0 && !_cheap[o]))
            {
                foreach (var producer in _graph.Nodes[n].Inputs.Where(i => i >= 0).Select(i => _graph.Producers[i]).Where(p => p >= 0))
                {
                    firstUse[producer] = Math.Min(firstUse[producer], _stageOfNode[n]);
                }
            }
        }

        return true;
    }

    private StageSpec[]? Collect(bool renameInLast)
    {
        var own = new List<int>[_ends.Length];
        for (var s = 0; s < own.Length; s++)
        {
            own[s] = [];
        }

        for (var n = 0; n < _stageOfNode.Length; n++)
        {
            if (_graph.Nodes[n].Outputs.Any(o => o >= 0 && !_cheap[o]))
            {
                own[_stageOfNode[n]].Add(n);
            }
        }

        // From the last stage back, so that what a stage must leave for later ones is known when it is described.
        var wantedLater = new HashSet<int>();
        var specs = new StageSpec[_ends.Length];
        for (var s = _ends.Length - 1; s >= 0; s--)
        {
            var hiddenInput = s == 0 ? -1 : _ends[s - 1];
            var (nodes, taken, readsHiddenShape) = Close(own[s], hiddenInput);
            if (readsHiddenShape && s == _ends.Length - 1 && !renameInLast)
            {
                return null;
            }

            var made = nodes.SelectMany(n => _graph.Nodes[n].Outputs).Where(o => o >= 0 && !_cheap[o]).ToHashSet();
            int[] side = [.. wantedLater.Where(v => v != _ends[s] && made.Contains(v)).Order()];
            int[] graphOutputs = [.. _graph.Outputs.Where(o => o != _ends[^1] && o != _ends[s] && made.Contains(o))];
            wantedLater.UnionWith(taken.Where(v => !_graph.Inputs.ContainsKey(v) && v != hiddenInput));
            int[] inputs = [.. hiddenInput >= 0 ? new[] { hiddenInput } : [], .. taken.Where(v => v != hiddenInput).Order()];
            specs[s] = new StageSpec(nodes, hiddenInput, inputs, _ends[s], side, graphOutputs);
        }

        return IsRunnable(specs) ? specs : null;
    }

    /// <summary>Every stage takes only what the graph is given or earlier stages leave.</summary>
    private bool IsRunnable(StageSpec[] specs)
    {
        var left = new HashSet<int>(_graph.Inputs.Keys);
        foreach (var spec in specs)
        {
            if (!spec.Inputs.All(left.Contains))
            {
                return false;
            }

            left.Add(spec.Output);
            left.UnionWith(spec.SideOutputs);
        }

        return true;
    }

    /// <summary>Adds the cheap nodes a stage needs, and finds what it must take from outside.</summary>
    private (int[] Nodes, HashSet<int> Taken, bool ReadsHiddenShape) Close(List<int> own, int hiddenInput)
    {
        var nodes = new SortedSet<int>(own);
        var taken = new HashSet<int>();
        var readsHiddenShape = false;
        var pending = new Stack<int>(own);
        while (pending.TryPop(out var n))
        {
            var node = _graph.Nodes[n];
            foreach (var input in node.Inputs.Where(i => i >= 0))
            {
                var producer = _graph.Producers[input];
                if (_cheap[input] && producer >= 0)
                {
                    if (nodes.Add(producer))
                    {
                        pending.Push(producer);
                    }
                }
                else if (node.ReadsExtentOnly && _hiddenStates.Contains(input) && hiddenInput >= 0)
                {
                    // Renamed to the stage's own input when the stage is written: all hidden states have one shape.
                    readsHiddenShape |= !_hiddenStates.Contains(hiddenInput);
                    taken.Add(hiddenInput);
                }
                else if (_graph.Inputs.ContainsKey(input) || (producer >= 0 && !nodes.Contains(producer)))
                {
                    taken.Add(input);
                }
            }
        }

        return ([.. nodes], taken, readsHiddenShape);
    }
}
