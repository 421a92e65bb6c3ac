using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Cuts at every code point of a class: WhitespaceSplit, Punctuation and Digits.</summary>
internal sealed class ClassPreTokenizer(Func<int, bool> isDelimiter, SplitBehavior behavior) : SplittingPreTokenizer
{
    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        var matches = pieces.Matches;
        matches.Clear();
        var between = 0;
        for (var i = 0; i < text.Length;)
        {
            var codePoint = CodePoints.At(text, i, out var length);
            if (isDelimiter(codePoint))
            {
                if (between < i)
                {
                    matches.Add(new SplitMatch(between, i, false));
                }

                matches.Add(new SplitMatch(i, i + length, true));
                between = i + length;
            }

            i += length;
        }

        if (between < text.Length)
        {
            matches.Add(new SplitMatch(between, text.Length, false));
        }

        MatchSplitter.Emit(start, pieces, behavior);
    }
}
