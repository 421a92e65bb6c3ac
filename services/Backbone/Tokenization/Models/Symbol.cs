namespace Strata.Backbone.Tokenization.Models;

/// <summary>A part of a word: a vocabulary id and the range of the word it covers.</summary>
internal record struct Symbol(int Id, int Start, int End);
