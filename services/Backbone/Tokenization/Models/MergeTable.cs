namespace Strata.Backbone.Tokenization.Models;

/// <summary>Which two neighbours merge into which token, and which merge comes first.</summary>
internal sealed class MergeTable(int capacity)
{
    private readonly Dictionary<ulong, (int Rank, int Id)> _merges = new(capacity);

    /// <summary>Adds a merge; of two for the same pair the later one counts.</summary>
    public void Set(int left, int right, int rank, int id) => _merges[Key(left, right)] = (rank, id);

    /// <summary>Finds the merge of a pair.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Id) merge) => _merges.TryGetValue(Key(left, right), out merge);

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;
}
