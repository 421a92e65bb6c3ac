using System.CommandLine;
using Google.Protobuf;
using Strata.Cli.Decode;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Contexts;

/// <summary>The options that describe a context's recipe: a file, or task, template, labels and demonstrations.</summary>
internal sealed class RecipeOptions
{
    private readonly Option<string?> _recipe = new("--recipe") { Description = "JSON file with the whole ContextRecipe; the other recipe options are then not needed." };
    private readonly Option<string> _task = new("--task") { Description = "A built-in task's template and labels: sst2, trec, agnews or emoc.", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _inputPrefix = new("--input-prefix") { Description = "Text before each demonstration's text and before a query." };
    private readonly Option<string?> _labelPrefix = new("--label-prefix") { Description = "Text between a text and its label, such as \"\\nanswer:\"; \\n is a new line." };
    private readonly Option<string?> _separator = new("--separator") { Description = "Text between demonstrations; \\n is a new line." };
    private readonly Option<string[]> _labels = new("--label", "-l") { Description = "A label, NAME or NAME=WORD,WORD; repeat it. Default: the demonstrations' labels.", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _demonstrations = new("--demo", "-d") { Description = "A demonstration, TEXT=LABEL; repeat it.", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _file = new("--demos") { Description = "File of demonstrations, TEXT<tab>LABEL on each line." };
    private readonly Option<AnchorPolicy> _anchors = new("--anchors") { Description = "What is kept: labels-and-template, labels-only, all, text-anchors or random." };
    private readonly Option<PositionPolicy> _positions = new("--positions") { Description = "Where a query's positions start: original, compacted or restart-at-zero." };

    public RecipeOptions()
    {
        WireName.Accept(_anchors);
        _task.CompletionSources.Add("sst2", "trec", "agnews", "emoc");
        WireName.Accept(_positions);
    }

    public IEnumerable<Option> All => [_recipe, _task, _inputPrefix, _labelPrefix, _separator, _labels, _demonstrations, _file, _anchors, _positions];

    /// <exception cref="UsageException">An option or a file cannot be read.</exception>
    public ContextRecipe Read(ParseResult arguments)
    {
        var recipe = arguments.GetValue(_recipe) is { } path ? Parse(path) : new ContextRecipe { Task = arguments.GetRequiredValue(_task) };
        AddTemplate(recipe, arguments);
        recipe.Demonstrations.AddRange(arguments.GetRequiredValue(_demonstrations).Select(text => Demonstration(text, '=')));
        if (arguments.GetValue(_file) is { } file)
        {
            recipe.Demonstrations.AddRange(File.ReadLines(file).Where(line => line.Length > 0).Select(line => Demonstration(line, '\t')));
        }

        if (recipe.Task.Length == 0 && recipe.Template is null)
        {
            throw new UsageException("Say how a prompt is written: --task NAME, or --label-prefix TEXT with --input-prefix TEXT, or --recipe FILE.");
        }

        var labels = arguments.GetRequiredValue(_labels);
        if (labels.Length == 0 && recipe.LabelSet is null && recipe.Task.Length == 0)
        {
            labels = [.. recipe.Demonstrations.Select(demonstration => demonstration.Label).Distinct()];
        }

        if (labels.Length > 0)
        {
            recipe.LabelSet = LabelArgument.SetOf(labels, allTokens: false);
        }

        recipe.AnchorPolicy = arguments.GetValue(_anchors) is var anchors && anchors != AnchorPolicy.Unspecified ? anchors : recipe.AnchorPolicy;
        recipe.PositionPolicy = arguments.GetValue(_positions) is var positions && positions != PositionPolicy.Unspecified ? positions : recipe.PositionPolicy;
        return recipe;
    }

    /// <summary>A text with its label.</summary>
    public static Demonstration Demonstration(string line, char separator)
    {
        // The last one: texts hold "=" more often than labels do.
        var at = line.LastIndexOf(separator);
        return at > 0 && at < line.Length - 1
            ? new Demonstration { Text = line[..at], Label = line[(at + 1)..] }
            : throw new UsageException($"\"{line}\" is no demonstration; write TEXT{(separator == '\t' ? "<tab>" : "=")}LABEL.");
    }

    private void AddTemplate(ContextRecipe recipe, ParseResult arguments)
    {
        if (arguments.GetValue(_inputPrefix) is null && arguments.GetValue(_labelPrefix) is null && arguments.GetValue(_separator) is null)
        {
            return;
        }

        recipe.Template = new PromptTemplate { InputPrefix = Unescape(arguments.GetValue(_inputPrefix)), LabelPrefix = Unescape(arguments.GetValue(_labelPrefix)) };
        if (arguments.GetValue(_separator) is { } separator)
        {
            recipe.Template.Separator = Unescape(separator);
        }
    }

    private static ContextRecipe Parse(string path)
    {
        try
        {
            return JsonParser.Default.Parse<ContextRecipe>(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is InvalidJsonException or InvalidProtocolBufferException)
        {
            throw new UsageException($"{path} is no ContextRecipe in protobuf's JSON: {failure.Message}");
        }
    }

    private static string Unescape(string? text) => (text ?? "").Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
}
