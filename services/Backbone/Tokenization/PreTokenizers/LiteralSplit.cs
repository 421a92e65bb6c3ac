using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Cuts at every occurrence of a string.</summary>
internal sealed class LiteralSplit(string delimiter, SplitBehavior behavior, bool inverted) : SplittingPreTokenizer
{
    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        var matches = pieces.Matches;
        matches.Clear();
        var between = 0;
        while (text[between..].IndexOf(delimiter, StringComparison.Ordinal) is var at and >= 0)
        {
            if (at > 0)
            {
                matches.Add(new SplitMatch(between, between + at, inverted));
            }

            matches.Add(new SplitMatch(between + at, between + at + delimiter.Length, !inverted));
            between += at + delimiter.Length;
        }

        if (between < text.Length)
        {
            matches.Add(new SplitMatch(between, text.Length, inverted));
        }

        MatchSplitter.Emit(start, pieces, behavior);
    }
}
