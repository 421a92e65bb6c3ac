using Strata.Backbone.Tokenization.PostProcessors;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>post_processor</c>.</summary>
internal static class PostProcessorReader
{
    private const string Supported = "TemplateProcessing, BertProcessing, RobertaProcessing, ByteLevel, Sequence";

    public static IPostProcessor Read(JsonSection section, TokenIds ids) => section.Type switch
    {
        "TemplateProcessing" => ReadTemplate(section, ids),
        "BertProcessing" => ReadPair(section, ids),
        "RobertaProcessing" => new SequencePostProcessor([ReadByteLevel(section, ids), ReadPair(section, ids)]),
        "ByteLevel" => ReadByteLevel(section, ids),
        "Sequence" => new SequencePostProcessor(
            [.. section.Get("processors").Items(TokenizerLimits.MaxSteps).Select(step => Read(step, ids))]),
        var other => throw section.Unsupported($"type {other}", Supported),
    };

    private static IPostProcessor ReadByteLevel(JsonSection section, TokenIds ids) =>
        section.Flag("trim_offsets", absent: true)
            ? new TrimOffsets(section.Flag("add_prefix_space", absent: true), ids.Vocabulary)
            : new SequencePostProcessor([]);

    /// <summary>The members <c>cls</c> and <c>sep</c>, each a token and its id, around the text.</summary>
    private static TemplateProcessing ReadPair(JsonSection section, TokenIds ids) =>
        new([ReadTokenAndId(section.Get("cls"), ids)], [ReadTokenAndId(section.Get("sep"), ids)], 0);

    private static TemplateToken ReadTokenAndId(JsonSection section, TokenIds ids)
    {
        var items = section.Items(2).ToArray();
        return items.Length == 2
            ? new TemplateToken(ids.Require(items[1].Number(), section), 0)
            : throw section.Invalid("is not a token and its id");
    }

    private static TemplateProcessing ReadTemplate(JsonSection section, TokenIds ids)
    {
        var special = section.Find("special_tokens");
        var (before, after) = (new List<TemplateToken>(), new List<TemplateToken>());
        int? typeId = null;
        foreach (var item in section.Get("single").Items(TokenizerLimits.MaxTemplateTokens))
        {
            if (item.Find("Sequence") is { } sequence)
            {
                if (typeId is not null || sequence.Text("id") != "A")
                {
                    throw item.Invalid("is a second text in the template of a single one");
                }

                typeId = sequence.Number("type_id");
            }
            else
            {
                var token = item.Get("SpecialToken");
                var named = special?.Find(token.Text("id")) ?? throw token.Invalid("names a token that special_tokens does not have");
                foreach (var id in named.Get("ids").Items(TokenizerLimits.MaxTemplateTokens))
                {
                    (typeId is null ? before : after).Add(new TemplateToken(ids.Require(id.Number(), id), token.Number("type_id")));
                }
            }
        }

        return new TemplateProcessing(before, after, typeId ?? throw section.Invalid("has a template without the text"));
    }
}
