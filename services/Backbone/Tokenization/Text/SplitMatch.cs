namespace Strata.Backbone.Tokenization.Text;

/// <summary>One stretch of a piece: matched by a splitter's pattern or lying between matches.</summary>
internal readonly record struct SplitMatch(int Start, int End, bool IsMatch);
