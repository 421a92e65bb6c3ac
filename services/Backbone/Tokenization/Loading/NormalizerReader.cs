using System.Text;
using Strata.Backbone.Tokenization.Normalizers;

namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormalizerReader
{
    private const string Supported = "BertNormalizer, Lowercase, StripAccents, NFC, NFD, NFKC, NFKD, Sequence";

    public static INormalizer Read(JsonSection section) => section.Type switch
    {
        "BertNormalizer" => ReadBert(section),
        "Lowercase" => new LowercaseNormalizer(),
        "StripAccents" => new StripAccentsNormalizer(),
        "NFC" => new UnicodeNormalizer(NormalizationForm.FormC),
        "NFD" => new UnicodeNormalizer(NormalizationForm.FormD),
        "NFKC" => new UnicodeNormalizer(NormalizationForm.FormKC),
        "NFKD" => new UnicodeNormalizer(NormalizationForm.FormKD),
        "Sequence" => new SequenceNormalizer([.. section.Get("normalizers").Items(TokenizerLimits.MaxSteps).Select(Read)]),
        var other => throw section.Unsupported($"type {other}", Supported),
    };

    private static BertNormalizer ReadBert(JsonSection section)
    {
        var lowercase = section.Flag("lowercase");
        return new BertNormalizer(
            section.Flag("clean_text"),
            section.Flag("handle_chinese_chars"),
            section.Flag("strip_accents", absent: lowercase),
            lowercase);
    }
}
