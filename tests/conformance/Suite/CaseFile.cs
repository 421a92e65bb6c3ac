using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Conformance.Tests.Servers;
using Strata.Services.Tests;
using YamlDotNet.Serialization;

namespace Strata.Conformance.Tests.Suite;

/// <summary>A YAML file of the suite: a list of cases, or <c>server</c> and <c>cases</c>.</summary>
/// <param name="Server">Kind of the server that the cases need.</param>
/// <param name="Cases">The cases, in order.</param>
internal sealed record CaseFile(string Server, IReadOnlyList<ConformanceCase> Cases)
{
    private const string OverTls = "decoding_tls";

    private static readonly IDeserializer _yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    private static string Folder => Path.Combine(Repository.Root, "tests", "conformance");

    /// <summary>Names of the case files, without ending.</summary>
    public static IReadOnlyList<string> Names => [.. Directory.GetFiles(Path.Combine(Folder, "cases"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a case goes over TLS, so that the executors need to know where and how.</summary>
    public bool NeedsTls => Cases.Any(given => given.Target == OverTls);

    public static CaseFile Read(string name)
    {
        var file = Load(Path.Combine(Folder, "cases", name + ".yaml"))!;
        var cases = file as JsonArray ?? file["cases"]!.AsArray();
        return new(file is JsonObject map ? map["server"]!.GetValue<string>() : ServerKinds.Pair, [.. cases.SelectMany(entry => ConformanceCase.From(entry!.AsObject()))]);
    }

    /// <summary>Cases that a language is known to fail, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> KnownFailing(string language)
    {
        var file = Path.Combine(Folder, "known-failing", language + ".yaml");
        return Load(file) is JsonObject known ? known.ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>()) : [];
    }

    private static JsonNode? Load(string file) => ToJson(_yaml.Deserialize(File.ReadAllText(file)));

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key.ToString()!, ToJson(pair.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        float or double => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(Convert.ToInt32(value, CultureInfo.InvariantCulture)),
    };
}
