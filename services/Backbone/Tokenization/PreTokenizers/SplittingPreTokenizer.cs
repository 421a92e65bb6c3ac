using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>A pre-tokenizer that cuts and changes no text.</summary>
internal abstract class SplittingPreTokenizer : IPreTokenizer
{
    public void PreTokenize(PieceBuffer pieces)
    {
        foreach (var piece in pieces.Pieces)
        {
            if (piece.IsToken)
            {
                pieces.Emit(piece);
            }
            else
            {
                Split(pieces.Text.Chars[piece.Start..piece.End], piece.Start, pieces);
            }
        }

        pieces.Advance();
    }

    /// <summary>Emits the parts of one piece.</summary>
    /// <param name="text">The piece alone: patterns never see beyond it.</param>
    /// <param name="start">Where it begins in the text under the pieces.</param>
    /// <param name="pieces">Receives the parts.</param>
    protected abstract void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces);
}
