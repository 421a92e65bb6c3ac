namespace Strata.Backbone.Tokenization.Text;

/// <summary>A range of a <see cref="NormalizedText"/>: a word for the model, or an added token already found.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">One past the last unit.</param>
/// <param name="TokenId">The added token's id, or -1 for text.</param>
internal readonly record struct Piece(int Start, int End, int TokenId = -1)
{
    public bool IsToken => TokenId >= 0;
}
