using System.Text.Json;
using Strata.Backbone.Tokenization.Models;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads a <c>model</c> of type BPE.</summary>
internal static class BytePairReader
{
    public static BytePairModel Read(JsonSection section)
    {
        if (section.Find("dropout") is { } dropout && !(dropout.Element.TryGetSingle(out var rate) && rate == 0))
        {
            throw dropout.Unsupported("dropout, which makes ids random,", "null or 0");
        }

        if (section.Flag("byte_fallback", absent: false))
        {
            throw section.Unsupported("byte_fallback true", "false");
        }

        RequireEmpty(section, "continuing_subword_prefix");
        RequireEmpty(section, "end_of_word_suffix");
        var vocabulary = VocabularyReader.Read(section.Get("vocab"));
        var unknownId = -1;
        if (section.Find("unk_token") is { } unknown && !vocabulary.TryGetId(unknown.Text(), out unknownId))
        {
            throw unknown.Invalid($"is \"{unknown.Text()}\", which is not in the vocabulary");
        }

        return new BytePairModel(
            vocabulary,
            ReadMerges(section.Get("merges"), vocabulary),
            unknownId,
            section.Flag("fuse_unk", absent: false),
            section.Flag("ignore_merges", absent: false));
    }

    private static void RequireEmpty(JsonSection section, string name)
    {
        if (section.Find(name) is { } value && value.Text().Length > 0)
        {
            throw value.Unsupported($"\"{value.Text()}\"", "null or an empty string");
        }
    }

    private static MergeTable ReadMerges(JsonSection section, Vocabulary vocabulary)
    {
        var merges = new MergeTable(section.Element.ValueKind == JsonValueKind.Array ? section.Element.GetArrayLength() : 0);
        var rank = 0;
        foreach (var item in section.Items(TokenizerLimits.MaxEntries))
        {
            var (left, right) = ReadPair(item);
            if (!vocabulary.TryGetId(left, out var leftId) || !vocabulary.TryGetId(right, out var rightId)
                || !vocabulary.TryGetId(left + right, out var id))
            {
                throw item.Invalid($"merges \"{left}\" and \"{right}\", but a part or the result is not in the vocabulary");
            }

            merges.Set(leftId, rightId, rank++, id);
        }

        return merges;
    }

    /// <summary>Either "left right", where a token cannot hold a space, or ["left", "right"].</summary>
    private static (string Left, string Right) ReadPair(JsonSection item)
    {
        var parts = item.Element.ValueKind == JsonValueKind.String
            ? item.Text().Split(' ')
            : [.. item.Items(2).Select(part => part.Text())];
        return parts.Length == 2 ? (parts[0], parts[1]) : throw item.Invalid("is not a pair of tokens");
    }
}
