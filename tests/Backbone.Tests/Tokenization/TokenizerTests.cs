using System.Text;
using System.Text.Json.Nodes;
using Strata.Backbone.Tokenization;
using Strata.Backbone.Tokenization.Loading;

namespace Strata.Backbone.Tests.Tokenization;

public class TokenizerTests
{
    private static readonly Tokenizer WordPiece = TokenizerFixtures.Load("wordpiece");
    private static readonly Tokenizer Gpt2 = TokenizerFixtures.Load("gpt2");

    [Fact]
    public void Encode_SpecialTokenText_StaysTextByDefault()
    {
        Assert.True(WordPiece.TryGetTokenId("[SEP]", out var separator));

        var plain = WordPiece.Encode("[SEP]");
        var parsed = WordPiece.Encode("[SEP]", new EncodeOptions { ParseSpecialTokens = true });

        Assert.Single(plain.Ids, separator);
        Assert.Equal(2, parsed.Ids.Count(id => id == separator));
        Assert.Equal([true, false, true], parsed.SpecialTokensMask);
    }

    [Fact]
    public void Encode_Surrogates_OffsetsAreUtf16Units()
    {
        const string Text = "\U0001F600 happy \uD800 x";
        var encoding = WordPiece.Encode(Text, new EncodeOptions { AddSpecialTokens = false });
        Assert.Equal(["\U0001F600", "happy", "x"], encoding.Offsets.Select(offset => Text[offset.Start..offset.End]));
    }

    [Fact]
    public void Encode_EveryOffset_LiesInTheText()
    {
        foreach (var name in TokenizerFixtures.Names)
        {
            var tokenizer = TokenizerFixtures.Load(name);
            foreach (var text in TokenizerFixtures.Texts.Where(text => text.Length < 1000))
            {
                foreach (var (start, end) in tokenizer.Encode(text).Offsets)
                {
                    Assert.InRange(start, 0, end);
                    Assert.InRange(end, start, text.Length);
                }
            }
        }
    }

    [Fact]
    public void Encode_MoreThanMaxTokens_IsContextTooLong()
    {
        var whole = WordPiece.Encode("so very happy");
        Assert.Equal(whole.Ids, WordPiece.Encode("so very happy", new EncodeOptions { MaxTokens = whole.Count }).Ids);

        var failure = Assert.Throws<BackboneException>(
            () => WordPiece.Encode("so very happy", new EncodeOptions { MaxTokens = whole.Count - 1 }));

        Assert.Equal(BackboneError.ContextTooLong, failure.Error);
        Assert.Equal((whole.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Metadata["maxTokens"]);
    }

    [Fact]
    public void Encode_TemplateAloneExceedsMaxTokens_IsContextTooLong()
    {
        var failure = Assert.Throws<BackboneException>(() => WordPiece.Encode("", new EncodeOptions { MaxTokens = 1 }));
        Assert.Equal(BackboneError.ContextTooLong, failure.Error);
    }

    [Fact]
    public void Encode_UnknownWordOfManyPieces_CountsAsOneToken()
    {
        // Its first pieces are known, its end is not: within the limit it is one unknown token.
        var options = new EncodeOptions { MaxTokens = 3 };
        var encoding = WordPiece.Encode("unhappying\u0E01", options);
        Assert.Equal(3, encoding.Count);
        Assert.Equal("[UNK]", WordPiece.TokenOf(encoding.Ids[1]));
    }

    [Fact]
    public void Encode_AfterTooLong_WorksAgain()
    {
        var expected = Gpt2.Encode("happy days");
        Assert.Throws<BackboneException>(() => Gpt2.Encode(new string('x', 5000), new EncodeOptions { MaxTokens = 10 }));
        Assert.Equal(expected.Ids, Gpt2.Encode("happy days").Ids);
        Assert.Equal(expected.Offsets, Gpt2.Encode("happy days").Offsets);
    }

    [Fact]
    public void Encode_Truncation_CutsOnlyWhenAsked()
    {
        var whole = WordPiece.Encode("so very happy today", new EncodeOptions { AddSpecialTokens = false });
        foreach (var direction in new[] { "Right", "Left" })
        {
            var file = TokenizerFixtures.Json("wordpiece");
            file["truncation"] = JsonNode.Parse($$"""{"max_length":4,"strategy":"LongestFirst","stride":0,"direction":"{{direction}}"}""");
            var tokenizer = Tokenizer.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()));

            var failure = Assert.Throws<BackboneException>(() => tokenizer.Encode("so very happy today"));
            var cut = tokenizer.Encode("so very happy today", new EncodeOptions { Truncate = true });

            Assert.Equal(BackboneError.ContextTooLong, failure.Error);
            Assert.Equal(4, cut.Count);
            Assert.Equal(direction == "Right" ? whole.Ids.Take(2) : whole.Ids.TakeLast(2), cut.Ids.Skip(1).Take(2));
        }
    }

    [Fact]
    public void Encode_LongWordsOverAndOver_CacheStaysBounded()
    {
        var model = new BoundedModel();
        for (var i = 0; i < 40_000; i++)
        {
            model.Tokenizer.Encode("word" + i);
        }

        Assert.InRange(model.CachedWords, 1, Strata.Backbone.Tokenization.Models.WordCache.Capacity);
    }

    [Fact]
    public async Task Encode_ManyThreads_EqualsOneThread()
    {
        var texts = TokenizerFixtures.Texts.Where(text => text.Length < 1000).ToArray();
        foreach (var tokenizer in new[] { WordPiece, TokenizerFixtures.Load("llama3"), TokenizerFixtures.Load("nfd-bytes") })
        {
            var expected = texts.Select(text => tokenizer.Encode(text)).ToArray();
            await Parallel.ForAsync(0, 4 * texts.Length, TestContext.Current.CancellationToken, (i, _) =>
            {
                var actual = tokenizer.Encode(texts[i % texts.Length]);
                Assert.Equal(expected[i % texts.Length].Ids, actual.Ids);
                Assert.Equal(expected[i % texts.Length].Offsets, actual.Offsets);
                return ValueTask.CompletedTask;
            });
        }
    }

    [Fact]
    public void Vocabulary_EveryId_GoesBothWays()
    {
        foreach (var tokenizer in new[] { WordPiece, Gpt2, TokenizerFixtures.Load("added-tokens") })
        {
            for (var id = 0; id < tokenizer.VocabularySize; id++)
            {
                Assert.True(tokenizer.TryGetTokenId(tokenizer.TokenOf(id)!, out var found));
                Assert.Equal(id, found);
            }

            Assert.Null(tokenizer.TokenOf(tokenizer.VocabularySize));
            Assert.Null(tokenizer.TokenOf(-1));
            Assert.False(tokenizer.TryGetTokenId("no such token", out _));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void Decode_IdOutsideTheVocabulary_IsTokenOutOfRange(int id)
    {
        var failure = Assert.Throws<BackboneException>(() => Gpt2.Decode([id]));
        Assert.Equal(BackboneError.TokenOutOfRange, failure.Error);
    }

    [Fact]
    public void Decode_ByteLevel_GivesTheTextBack()
    {
        foreach (var text in TokenizerFixtures.Texts.Where(text => text.All(unit => !char.IsSurrogate(unit))))
        {
            Assert.Equal(text, Gpt2.Decode([.. Gpt2.Encode(text).Ids]));
        }
    }

    [Fact]
    public void Decode_SpecialTokens_AreSkippedUnlessAskedFor()
    {
        var ids = WordPiece.Encode("so happy").Ids.ToArray();
        Assert.Equal("so happy", WordPiece.Decode(ids));
        Assert.Equal("[CLS] so happy [SEP]", WordPiece.Decode(ids, skipSpecialTokens: false));
    }

    /// <summary>A tokenizer and a view of its model's cache.</summary>
    private sealed class BoundedModel
    {
        private readonly Strata.Backbone.Tokenization.Models.BytePairModel _model;

        public BoundedModel()
        {
            var parts = TokenizerFile.Parse(Encoding.UTF8.GetBytes(TokenizerFixtures.Json("gpt2").ToJsonString()));
            _model = (Strata.Backbone.Tokenization.Models.BytePairModel)parts.Model;
            Tokenizer = new Tokenizer(parts);
        }

        public Tokenizer Tokenizer { get; }

        public int CachedWords => _model.Cache.Count;
    }
}
