namespace Strata.Backbone.Tokenization;

/// <summary>One tokenized text: four lists of equal length, in token order.</summary>
public sealed class TokenEncoding
{
    internal TokenEncoding(int[] ids, int[] typeIds, TokenOffset[] offsets, bool[] specialTokensMask)
    {
        Ids = ids;
        TypeIds = typeIds;
        Offsets = offsets;
        SpecialTokensMask = specialTokensMask;
    }

    /// <summary>[T] token ids.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>[T] segment ids: 0 for the first text, 1 for the second of a pair, or what the template says.</summary>
    public IReadOnlyList<int> TypeIds { get; }

    /// <summary>[T] the part of the original text behind each token, in UTF-16 code units; (0, 0) for template tokens.</summary>
    public IReadOnlyList<TokenOffset> Offsets { get; }

    /// <summary>[T] true for the tokens that the template added.</summary>
    public IReadOnlyList<bool> SpecialTokensMask { get; }

    /// <summary>Number of tokens, T.</summary>
    public int Count => Ids.Count;
}
