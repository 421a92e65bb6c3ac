using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Turns the matches of a piece into pieces.</summary>
internal static class MatchSplitter
{
    /// <summary>Emits the pieces.</summary>
    /// <param name="start">Where the matches' text begins in the text under the pieces.</param>
    /// <param name="pieces">Holds the matches, which cover their text without gaps, and receives the pieces.</param>
    /// <param name="behavior">What becomes of a match.</param>
    public static void Emit(int start, PieceBuffer pieces, SplitBehavior behavior)
    {
        var matches = pieces.Matches;
        for (var i = 0; i < matches.Count;)
        {
            var (from, end, isMatch) = matches[i++];
            switch (behavior)
            {
                case SplitBehavior.Removed when isMatch:
                    continue;
                case SplitBehavior.Contiguous:
                    while (i < matches.Count && matches[i].IsMatch == isMatch)
                    {
                        end = matches[i++].End;
                    }

                    break;
                case SplitBehavior.MergedWithPrevious when !isMatch && i < matches.Count && matches[i].IsMatch:
                    // Only the first of several neighbouring matches joins.
                    end = matches[i++].End;
                    break;
                case SplitBehavior.MergedWithNext when isMatch && i < matches.Count && !matches[i].IsMatch:
                    end = matches[i++].End;
                    break;
                default:
                    break;
            }

            pieces.Emit(new Piece(start + from, start + end));
        }
    }
}
