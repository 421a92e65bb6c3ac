namespace Strata.Backbone.Tokenization;

/// <summary>The part of the original text that a token covers, in UTF-16 code units.</summary>
/// <param name="Start">First unit; 0 for a token that a template added.</param>
/// <param name="End">One past the last unit; 0 for a token that a template added.</param>
public readonly record struct TokenOffset(int Start, int End);
