using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Backbone.Tokenization;

namespace Strata.Backbone.Tests.Tokenization;

/// <summary>The fixtures under tests/assets/tokenizers: base files, variants of them, texts and the official implementation's
/// results.</summary>
internal static class TokenizerFixtures
{
    private static readonly Lazy<JsonObject> Variants = new(() => JsonNode.Parse(Read("variants.json"))!.AsObject());
    private static readonly Lazy<string[]> AllTexts = new(() => [.. JsonNode.Parse(Read("texts.json"))!.AsArray().Select(ReadText)]);

    public static IEnumerable<string> Names => Variants.Value.Select(variant => variant.Key);

    public static IReadOnlyList<string> Texts => AllTexts.Value;

    /// <summary>The results of a variant, in the order of the texts.</summary>
    public static JsonArray Results(string variant) => JsonNode.Parse(Read(Path.Combine("results", variant + ".json")))!.AsArray();

    public static Tokenizer Load(string variant) => Tokenizer.Parse(Encoding.UTF8.GetBytes(Json(variant).ToJsonString()));

    /// <summary>The file of a variant, to be changed by a test.</summary>
    public static JsonObject Json(string variant)
    {
        var description = Variants.Value[variant]!.AsObject();
        var file = JsonNode.Parse(Read((string)description["base"]! + ".json"))!.AsObject();
        foreach (var (section, value) in description["sections"]!.AsObject())
        {
            if (section != "model")
            {
                file[section] = value?.DeepClone();
                continue;
            }

            foreach (var (member, replacement) in value!.AsObject())
            {
                file["model"]![member] = replacement?.DeepClone();
            }
        }

        if ((bool?)description["mergesAsPairs"] == true)
        {
            file["model"]!["merges"] = new JsonArray(
                [.. file["model"]!["merges"]!.AsArray().Select(merge => JsonSerializer.SerializeToNode(((string)merge!).Split(' ')))]);
        }

        return file;
    }

    public static int[] Flat(IEnumerable<TokenOffset> offsets) => [.. offsets.SelectMany(offset => new[] { offset.Start, offset.End })];

    public static string Digest(IEnumerable<int> values) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', values))))[..12];

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    private static string Folder([CallerFilePath] string here = "") =>
        Environment.GetEnvironmentVariable("STRATA_TOKENIZER_FIXTURES")
        ?? Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "assets", "tokenizers");

    private static string ReadText(JsonNode? node) => node switch
    {
        JsonArray units => string.Concat(units.Select(unit => (char)(int)unit!)),
        JsonObject run => string.Concat(Enumerable.Repeat((string)run["unit"]!, (int)run["times"]!)) + (string)run["tail"]!,
        _ => (string)node!,
    };
}
