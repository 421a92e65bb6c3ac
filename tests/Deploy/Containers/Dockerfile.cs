namespace Strata.Deploy.Tests.Containers;

/// <summary>One instruction of a Dockerfile, its continuation lines joined.</summary>
/// <param name="Name">In upper case, such as RUN.</param>
/// <param name="Arguments">What follows the name.</param>
internal sealed record Instruction(string Name, string Arguments)
{
    /// <summary>The words behind the options; a JSON list where the instruction is in exec form.</summary>
    public string[] Words => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToArray();

    /// <summary>The list of an instruction in exec form, such as ["dotnet", "x.dll"]; null in shell form.</summary>
    public string[]? Exec
    {
        get
        {
            var start = Arguments.IndexOf('[', StringComparison.Ordinal);
            return start < 0 ? null : System.Text.Json.JsonSerializer.Deserialize<string[]>(Arguments[start..]);
        }
    }
}

/// <summary>One FROM of a Dockerfile with all that follows it.</summary>
/// <param name="Name">Behind AS; empty if the stage has none.</param>
/// <param name="Base">Image or stage that it begins with.</param>
/// <param name="Instructions">Without the FROM.</param>
internal sealed record Stage(string Name, string Base, IReadOnlyList<Instruction> Instructions)
{
    public IEnumerable<Instruction> Of(string name) => Instructions.Where(instruction => instruction.Name == name);

    /// <summary>What ENV sets.</summary>
    public Dictionary<string, string> Environment => Of("ENV").SelectMany(env => env.Words).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}

/// <summary>A Dockerfile as far as this repository's go: no heredocs, no escape directives, no ARG before FROM.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<Stage> stages) => Stages = stages;

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>Services that have one.</summary>
    public static TheoryData<string> Services => ["Backbone.Service", "Decoding.Service"];

    public static Dockerfile Of(string service) => Parse(File.ReadAllText(Path.Combine(Repository.Root, "services", service, "Dockerfile")));

    public static Dockerfile Parse(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith('#'));
        var stages = new List<(string Name, string Base, List<Instruction> Instructions)>();
        foreach (var line in string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            var instruction = new Instruction(words[0].ToUpperInvariant(), words.Length > 1 ? words[1] : "");
            if (instruction.Name == "FROM")
            {
                stages.Add((instruction.Words is [_, _, var name] ? name : "", instruction.Words[0], []));
            }
            else
            {
                stages[^1].Instructions.Add(instruction);
            }
        }

        return new Dockerfile([.. stages.Select(stage => new Stage(stage.Name, stage.Base, stage.Instructions))]);
    }

    /// <summary>The stage that a build for a target makes; the last one without a target.</summary>
    public Stage Target(string? name) => name is null ? Stages[^1] : Stages.Single(stage => stage.Name == name);

    /// <summary>Stages that make images to run: those that no other stage begins with or copies from.</summary>
    public IEnumerable<Stage> Final => Stages.Where(stage => !Stages.Any(other => other.Base == stage.Name || other.Of("COPY").Any(copy => copy.Arguments.Contains($"--from={stage.Name} ", StringComparison.Ordinal))));
}
