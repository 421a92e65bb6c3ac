using System.Text;
using System.Text.Json.Nodes;
using Strata.Backbone.Tokenization;
using Strata.Backbone.Tokenization.PreTokenizers;

namespace Strata.Backbone.Tests.Tokenization.PreTokenizers;

public class OnigurumaPatternTests
{
    [Theory]
    [InlineData(@"\p{L}+", @"\p{L}+")]
    [InlineData("[^a]?+b", "(?>[^a]?)b")]
    [InlineData("(?:ab|c)++", "(?>(?:ab|c)+)")]
    [InlineData("a{1,3}+", "(?:a{1,3})+")]
    [InlineData("^a$", "(?m:^)a(?m:$)")]
    [InlineData("a*?b", "a*?b")]
    [InlineData(@"(?i:'s)|[\r\n]", @"(?i:'s)|[\r\n]")]
    public void Translate_KnownConstruct_IsWrittenForDotNet(string source, string expected) =>
        Assert.Equal(expected, OnigurumaPattern.Translate(source));

    [Theory]
    [InlineData(@"\p{Han}")]
    [InlineData(@"\p{Script=Greek}")]
    [InlineData(@"\p{^L}")]
    [InlineData("[a-z&&[^b]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a[b]]")]
    [InlineData(@"\h+")]
    [InlineData(@"\R")]
    [InlineData(@"\X")]
    [InlineData(@"\bword\b")]
    [InlineData(@"(a)\1")]
    [InlineData("(?<name>a)")]
    [InlineData("(?m)a")]
    [InlineData("(?#note)a")]
    [InlineData("a{,3}")]
    [InlineData("a{2}?")]
    [InlineData(@"[^\W_]")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[]a]")]
    [InlineData("*a")]
    [InlineData("a|+")]
    [InlineData("\U0001F600")]
    [InlineData("[\u0080-\uFFFD]")]
    [InlineData("a\\")]
    public void Parse_ConstructThatDotNetCannotExpress_IsRefused(string pattern)
    {
        var failure = Assert.Throws<BackboneException>(() => Load(pattern));
        Assert.Equal(BackboneError.TokenizerUnsupported, failure.Error);
    }

    [Fact]
    public void Representatives_Shadow_KeepTheClassesOfWhatTheyStandFor()
    {
        // One representative for each category that has code points above U+FFFF, and each of another category.
        var categories = Enumerable.Range(0x10000, 0x100000)
            .Select(System.Globalization.CharUnicodeInfo.GetUnicodeCategory).Distinct().ToHashSet();
        var represented = CodePointShadow.Representatives.SkipLast(1).Select(char.GetUnicodeCategory).ToList();
        Assert.Superset(categories, represented.ToHashSet());
        Assert.Equal(represented.Count, represented.Distinct().Count());
    }

    [Fact]
    public void Encode_PatternThatBacktracksForEver_IsArgumentInvalid()
    {
        var tokenizer = Load("(a+)+(?=b)");
        var failure = Assert.Throws<BackboneException>(() => tokenizer.Encode(new string('a', 5000)));
        Assert.Equal(BackboneError.ArgumentInvalid, failure.Error);
        Assert.NotEmpty(tokenizer.Encode("aab").Ids);
    }

    private static Tokenizer Load(string pattern)
    {
        var file = TokenizerFixtures.Json("cl100k");
        file["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"] = new JsonObject { ["Regex"] = pattern };
        return Tokenizer.Parse(Encoding.UTF8.GetBytes(file.ToJsonString()));
    }
}
