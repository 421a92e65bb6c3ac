using Strata.Backbone.Tokenization.AddedTokens;
using Strata.Backbone.Tokenization.Models;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>All tokens of a file, for sections that name tokens and ids together.</summary>
internal sealed class TokenIds(Vocabulary vocabulary, IReadOnlyList<AddedToken> added)
{
    private readonly Dictionary<int, string> _added = added.ToDictionary(token => token.Id, token => token.Content);

    /// <summary>The vocabulary of the model.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Checks that an id exists.</summary>
    public int Require(int id, JsonSection section) =>
        _added.ContainsKey(id) || vocabulary.TokenOf(id) is not null ? id : throw section.Invalid($"names id {id}, which no token has");
}
