using System.Text.Json;
using Strata.Backbone.Tokenization.Models;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads the <c>vocab</c> object of a model: token to id.</summary>
internal static class VocabularyReader
{
    public static Vocabulary Read(JsonSection section)
    {
        section.Require(JsonValueKind.Object, "an object of tokens and ids");
        var count = section.Element.GetPropertyCount();
        if (count > TokenizerLimits.MaxEntries)
        {
            throw section.Invalid($"has more than {TokenizerLimits.MaxEntries} tokens");
        }

        var ids = new Dictionary<string, int>(count);
        var used = new HashSet<int>(count);
        var maxId = TokenizerLimits.MaxId(count);
        foreach (var entry in section.Element.EnumerateObject())
        {
            var token = entry.Name;
            var id = new JsonSection(entry.Value, section.Path).Number();
            if (token.Length > TokenizerLimits.MaxTokenLength)
            {
                throw section.Invalid($"has a token of more than {TokenizerLimits.MaxTokenLength} characters (id {id})");
            }

            if (id > maxId)
            {
                throw section.Invalid($"gives id {id} to a token, but {count} tokens may have ids up to {maxId}");
            }

            if (!used.Add(id) || !ids.TryAdd(token, id))
            {
                throw section.Invalid($"gives id {id} to more than one token, or names a token twice");
            }
        }

        return new Vocabulary(ids);
    }
}
