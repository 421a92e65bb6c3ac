using System.Text.Json;

namespace Strata.Deploy.Tests.Load;

/// <summary>A configuration of tests/load/ghz.</summary>
internal sealed class GhzConfig
{
    private readonly JsonElement _root;

    private GhzConfig(string name)
    {
        Name = name;
        _root = JsonDocument.Parse(File.ReadAllText(Path)).RootElement;
    }

    public static string Folder { get; } = System.IO.Path.Combine(Repository.Root, "tests", "load", "ghz");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)!).Where(name => name != "thresholds").Order(StringComparer.Ordinal)];

    /// <summary>File name without .json.</summary>
    public string Name { get; }

    public string Path => System.IO.Path.Combine(Folder, $"{Name}.json");

    public IEnumerable<string> Keys => _root.EnumerateObject().Select(property => property.Name);

    /// <summary>Such as strata.decoding.v1.DecodingService/Decode.</summary>
    public string Call => Text("call");

    public IEnumerable<JsonElement> Data => _root.GetProperty("data") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [_root.GetProperty("data")];

    public static GhzConfig Read(string name) => new(name);

    public string Text(string key) => _root.GetProperty(key).GetString()!;

    /// <summary>A number; 0 where there is none.</summary>
    public int Number(string key) => _root.TryGetProperty(key, out var value) ? value.GetInt32() : 0;
}
