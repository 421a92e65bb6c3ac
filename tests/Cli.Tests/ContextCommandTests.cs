using Google.Protobuf;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Tests;

/// <summary><c>strata context</c> from its creation to its end.</summary>
public sealed class ContextCommandTests(CliFixture pair) : IClassFixture<CliFixture>
{
    private static readonly string[] _recipe =
    [
        "--backbone", "icl", "--input-prefix", "question: ", "--label-prefix", "\\ntype:",
        "--demo", "who wrote the first novel ?=person", "--demo", "how many miles is it to the moon ?=number",
    ];

    [Fact]
    public async Task Context_Life_WorksThroughEveryCommand()
    {
        var created = await pair.StrataAsync(["context", "create", .. _recipe]);
        Assert.Equal((0, "created\n"), (created.ExitCode, created.Error));
        var id = created.Output.Split(' ')[0];
        Assert.Equal(64, id.Length);

        var again = await pair.StrataAsync(["context", "create", .. _recipe, "--json"]);
        Assert.Equal(id, JsonParser.Default.Parse<CreateContextResponse>(again.Output).Context.Id);
        Assert.False(JsonParser.Default.Parse<CreateContextResponse>(again.Output).Created);

        foreach (var width in (string[])["60", "80", "120"])
        {
            Assert.Matches($@"^  {id} +(│ icl|$)", (await pair.StrataAsync(["context", "list"], "", ("COLUMNS", width))).Output.Split('\n').Single(line => line.Contains(id, StringComparison.Ordinal)));
        }

        Assert.Contains("how many miles", (await pair.StrataAsync("context", "show", id)).Output);
        Assert.True(JsonParser.Default.Parse<Context>((await pair.StrataAsync("context", "pin", id, "--json")).Output).Pinned);
        Assert.False(JsonParser.Default.Parse<Context>((await pair.StrataAsync("context", "unpin", id, "--json")).Output).Pinned);
        var decoded = await pair.StrataAsync("decode", "who painted it ?", "--context", id, "--json");
        Assert.Equal(id, JsonParser.Default.Parse<DecodeResponse>(decoded.Output).Context.Id);

        var folder = Directory.CreateTempSubdirectory("strata-export-");
        var file = Path.Combine(folder.FullName, "c.context");
        Assert.Equal(0, (await pair.StrataAsync("context", "export", id, file)).ExitCode);
        Assert.Equal(0, (await pair.StrataAsync("context", "rm", id)).ExitCode);
        Assert.Equal(1, (await pair.StrataAsync("context", "show", id)).ExitCode);
        Assert.Contains(id, (await pair.StrataAsync("context", "import", file)).Output);

        var queries = Path.Combine(folder.FullName, "queries.tsv");
        await File.WriteAllTextAsync(queries, "who sang it ?\tperson\nhow far is it ?\tnumber\n", TestContext.Current.CancellationToken);
        var measured = await pair.StrataAsync("context", "evaluate", id, queries, "--with-baselines");
        Assert.Equal((0, ""), (measured.ExitCode, measured.Error));
        Assert.Contains("labels-and-template", measured.Output);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Create_RecipeFile_IsRead()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            """{"template": {"labelPrefix": "\nA:"}, "demonstrations": [{"text": "good", "label": "yes"}, {"text": "bad", "label": "no"}]}""",
            TestContext.Current.CancellationToken);
        var created = await pair.StrataAsync("context", "create", "--backbone", "icl", "--recipe", file, "--json");
        File.Delete(file);
        Assert.Equal((0, "yes no"), (created.ExitCode, string.Join(' ', JsonParser.Default.Parse<CreateContextResponse>(created.Output).Context.Recipe.LabelSet.Labels.Select(label => label.Name))));
    }

    [Theory]
    [InlineData(2, "is no demonstration", "context", "create", "--demo", "no label")]
    [InlineData(2, "--task NAME, or --label-prefix TEXT", "context", "create", "--demo", "a=b")]
    [InlineData(2, "--ttl -4: write seconds above 0.", "context", "create", "--ttl", "-4")]
    [InlineData(2, "labels-only", "context", "create", "--anchors", "some")]
    [InlineData(1, "CONTEXT_NOT_FOUND", "context", "show", "none")]
    [InlineData(1, "CONTEXT_NOT_FOUND", "context", "rm", "none")]
    [InlineData(1, "CONTEXT_NOT_FOUND", "context", "export", "none", "/tmp/strata-never-written")]
    [InlineData(2, "does not exist", "context", "import", "/nowhere")]
    public async Task WrongCommand_SaysWhatToDo(int expected, string sentence, params string[] arguments)
    {
        var (exitCode, output, error) = await pair.StrataAsync(arguments);
        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(sentence, error);
        Assert.False(File.Exists("/tmp/strata-never-written"));
    }
}
