using System.Text.RegularExpressions;
using Strata.Backbone.Tokenization.Text;

namespace Strata.Backbone.Tokenization.PreTokenizers;

/// <summary>Cuts at the matches of a regular expression. It sees one character per code point (<see cref="CodePointShadow"/>).</summary>
/// <param name="regex">Translated by <see cref="OnigurumaPattern"/>, with <see cref="MatchTimeout"/>.</param>
/// <param name="behavior">What becomes of a match.</param>
/// <param name="inverted">Whether matches and the stretches between them change places.</param>
internal sealed class RegexSplit(Regex regex, SplitBehavior behavior, bool inverted) : SplittingPreTokenizer
{
    /// <summary>Longest time for one match. Ordinary matches take microseconds; the margin is for a busy machine.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Longest time for a piece: this, and a millisecond more per 100 units.</summary>
    private const int PieceTimeoutMs = 2_000;

    protected override void Split(ReadOnlySpan<char> text, int start, PieceBuffer pieces)
    {
        var shadow = CodePointShadow.Of(text);
        pieces.Matches.Clear();
        try
        {
            FindMatches(shadow.IsEmpty ? text : shadow, pieces.Matches);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TokenizerErrors.PatternTooSlow(regex.ToString());
        }

        if (!shadow.IsEmpty)
        {
            CodePointShadow.ToUnits(text, pieces.Matches);
        }

        MatchSplitter.Emit(start, pieces, behavior);
    }

    private void FindMatches(ReadOnlySpan<char> text, List<SplitMatch> matches)
    {
        var deadline = Environment.TickCount64 + PieceTimeoutMs + (text.Length / 100);
        var between = 0;
        foreach (var match in regex.EnumerateMatches(text))
        {
            if (Environment.TickCount64 > deadline)
            {
                throw TokenizerErrors.PatternTooSlow(regex.ToString());
            }

            if (between < match.Index)
            {
                matches.Add(new SplitMatch(between, match.Index, inverted));
            }

            matches.Add(new SplitMatch(match.Index, match.Index + match.Length, !inverted));
            between = match.Index + match.Length;
        }

        if (between < text.Length)
        {
            matches.Add(new SplitMatch(between, text.Length, inverted));
        }
    }
}
