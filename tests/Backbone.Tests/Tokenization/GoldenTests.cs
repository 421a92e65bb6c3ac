using System.Text.Json.Nodes;
using Strata.Backbone.Tokenization;

namespace Strata.Backbone.Tests.Tokenization;

/// <summary>Ids, offsets and decoded text against the official implementation, for every fixture and text.</summary>
public class GoldenTests
{
    private static readonly EncodeOptions Special = new() { ParseSpecialTokens = true };
    private static readonly EncodeOptions Bare = new() { AddSpecialTokens = false };

    public static TheoryData<string> Variants => [.. TokenizerFixtures.Names];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Encode_EveryText_EqualsTheOfficialImplementation(string variant)
    {
        var tokenizer = TokenizerFixtures.Load(variant);
        var results = TokenizerFixtures.Results(variant);
        Assert.Equal(TokenizerFixtures.Texts.Count, results.Count);

        var differences = new List<string>();
        for (var i = 0; i < results.Count; i++)
        {
            var (text, result) = (TokenizerFixtures.Texts[i], results[i]!.AsObject());
            Compare(tokenizer.Encode(text), result["plain"]!.AsArray(), $"text {i}, plain");
            Compare(tokenizer.Encode(text, Special), (result["special"] ?? result["plain"])!.AsArray(), $"text {i}, special");
            var bare = tokenizer.Encode(text, Bare);
            if (TokenizerFixtures.Digest([.. bare.Ids, .. TokenizerFixtures.Flat(bare.Offsets)]) != (string)result["bare"]!)
            {
                differences.Add($"text {i}, bare");
            }
        }

        Assert.Empty(differences);

        void Compare(TokenEncoding actual, JsonArray expected, string what)
        {
            var offsets = TokenizerFixtures.Flat(actual.Offsets);
            var isFull = expected[0] is JsonArray;
            var expectedIds = isFull ? Join(expected[0]!) : (string)expected[1]!;
            var expectedOffsets = isFull ? Join(expected[1]!) : (string)expected[2]!;
            var (ids, spans) = isFull
                ? (string.Join(',', actual.Ids), string.Join(',', offsets))
                : (TokenizerFixtures.Digest(actual.Ids), TokenizerFixtures.Digest(offsets));
            if (ids != expectedIds)
            {
                differences.Add($"{what}: ids {ids}, expected {expectedIds}");
            }
            else if (spans != expectedOffsets)
            {
                differences.Add($"{what}: offsets {spans}, expected {expectedOffsets}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Decode_EveryText_EqualsTheOfficialImplementation(string variant)
    {
        var tokenizer = TokenizerFixtures.Load(variant);
        var results = TokenizerFixtures.Results(variant);
        var compared = 0;
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i]!["decoded"] is { } expected)
            {
                Assert.Equal((string)expected!, tokenizer.Decode([.. tokenizer.Encode(TokenizerFixtures.Texts[i]).Ids]));
                compared++;
            }
        }

        Assert.True(compared > 300);
    }

    private static string Join(JsonNode values) => string.Join(',', values.AsArray().Select(value => (int)value!));
}
