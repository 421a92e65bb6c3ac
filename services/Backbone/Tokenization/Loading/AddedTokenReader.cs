using Strata.Backbone.Tokenization.AddedTokens;
using Strata.Backbone.Tokenization.Models;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>added_tokens</c>. A token that the model also has must have the same id there.</summary>
internal static class AddedTokenReader
{
    public static IReadOnlyList<AddedToken> Read(JsonSection section, Vocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        var contents = new HashSet<string>();
        var ids = new HashSet<int>();
        var units = 0;
        foreach (var item in section.Items(TokenizerLimits.MaxAddedTokens))
        {
            var token = new AddedToken(item.Number("id"), item.Text("content"))
            {
                SingleWord = item.Flag("single_word"),
                StripsLeft = item.Flag("lstrip"),
                StripsRight = item.Flag("rstrip"),
                IsNormalized = item.Flag("normalized"),
                IsSpecial = item.Flag("special"),
            };
            Check(token, item, vocabulary);
            if (!contents.Add(token.Content) || !ids.Add(token.Id))
            {
                throw item.Invalid($"repeats the content or the id ({token.Id}) of another added token");
            }

            units += token.Content.Length;
            if (units > TokenizerLimits.MaxAddedUnits)
            {
                throw section.Invalid($"has more than {TokenizerLimits.MaxAddedUnits} characters in all");
            }

            tokens.Add(token);
        }

        return tokens;
    }

    private static void Check(AddedToken token, JsonSection item, Vocabulary vocabulary)
    {
        if (token.Content.Length is 0 or > TokenizerLimits.MaxTokenLength)
        {
            throw item.Invalid($"has a content that is empty or longer than {TokenizerLimits.MaxTokenLength} characters");
        }

        var maxId = TokenizerLimits.MaxId(vocabulary.Count);
        if (token.Id > maxId)
        {
            throw item.Invalid($"has id {token.Id}; ids may go up to {maxId}");
        }

        var isInModel = vocabulary.TryGetId(token.Content, out var modelId);
        if (isInModel ? modelId != token.Id : vocabulary.TokenOf(token.Id) is not null)
        {
            throw item.Invalid($"has id {token.Id}, but the model's vocabulary gives the token or the id differently");
        }
    }
}
