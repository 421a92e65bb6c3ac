using System.Runtime.InteropServices;

namespace Strata.Backbone.Tokenization.Text;

/// <summary>A text cut into pieces that are cut further, step by step. Empty pieces are dropped.</summary>
internal sealed class PieceBuffer
{
    private const int ReleaseAbove = 1 << 16;

    private List<Piece> _pieces = [];
    private List<Piece> _next = [];

    /// <summary>The text that the pieces are ranges of.</summary>
    public NormalizedText Text { get; } = new();

    /// <summary>The pieces as they stand.</summary>
    public ReadOnlySpan<Piece> Pieces => CollectionsMarshal.AsSpan(_pieces);

    /// <summary>Scratch list of the regex and predicate splitters.</summary>
    public List<SplitMatch> Matches { get; } = [];

    public void Clear()
    {
        Text.Clear();
        Empty(_pieces);
        Empty(_next);
        Empty(Matches);
    }

    /// <summary>Empties a list and lets the memory of an unusually long text go.</summary>
    public static void Empty<T>(List<T> list)
    {
        list.Clear();
        if (list.Capacity > ReleaseAbove)
        {
            list.Capacity = 0;
        }
    }

    /// <summary>Adds a piece before any cutting.</summary>
    public void Add(Piece piece)
    {
        if (piece.End > piece.Start || piece.IsToken)
        {
            _pieces.Add(piece);
        }
    }

    /// <summary>Puts a piece into the next generation.</summary>
    public void Emit(Piece piece)
    {
        if (piece.End > piece.Start || piece.IsToken)
        {
            _next.Add(piece);
        }
    }

    /// <summary>Makes the emitted pieces the pieces.</summary>
    public void Advance()
    {
        (_pieces, _next) = (_next, _pieces);
        _next.Clear();
    }
}
