using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Strata.Deploy.Tests.Containers;

/// <summary>docker-compose.yml, merges applied, variables at their defaults unless given.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, object> _root;

    private ComposeFile(Dictionary<string, object> root) => _root = root;

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docker-compose.yml");

    public IReadOnlyList<string> Services => [.. Section(_root, "services").Keys.Cast<string>()];

    public IReadOnlyList<string> Volumes => [.. Section(_root, "volumes").Keys.Cast<string>()];

    /// <summary>Reads the file.</summary>
    /// <param name="variables">What the shell would hold.</param>
    public static ComposeFile Read(params (string Name, string Value)[] variables)
    {
        var text = Variable().Replace(File.ReadAllText(Path), match =>
            variables.FirstOrDefault(variable => variable.Name == match.Groups[1].Value).Value is { } value ? value : match.Groups[2].Value);
        return new ComposeFile(new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text)))));
    }

    public IDictionary<object, object> Service(string name) => Section(Section(_root, "services"), name);

    /// <summary>A service's build section; null if it runs a foreign image.</summary>
    public IDictionary<object, object>? BuildOf(string service) => Service(service).TryGetValue("build", out var build) ? (IDictionary<object, object>)build : null;

    public Dictionary<string, string> EnvironmentOf(string service) =>
        Service(service).TryGetValue("environment", out var environment)
            ? ((IDictionary<object, object>)environment).ToDictionary(pair => (string)pair.Key, pair => pair.Value as string ?? "")
            : [];

    /// <summary>A list of strings of a service, such as volumes; empty if it has none.</summary>
    public IReadOnlyList<string> ListOf(string service, string key) =>
        Service(service).TryGetValue(key, out var list) ? [.. ((IList<object>)list).Cast<string>()] : [];

    private static IDictionary<object, object> Section<TKey>(IDictionary<TKey, object> parent, string name) =>
        (IDictionary<object, object>)parent.Single(pair => (string)(object)pair.Key! == name).Value;

    [GeneratedRegex(@"\$\{(\w+):-([^}]*)\}")]
    private static partial Regex Variable();
}
