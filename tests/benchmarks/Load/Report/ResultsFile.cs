using System.Text;
using System.Text.Json;

namespace Strata.Benchmarks.Load.Report;

/// <summary>The results as files: Markdown to commit, JSON for programs.</summary>
internal static class ResultsFile
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static void WriteMarkdown(string path, RunHeader header, IReadOnlyList<Section> sections)
    {
        var text = new StringBuilder("# Load benchmark\n\n");
        text.Append("Written by tests/benchmarks/Load and not edited afterwards; ../requirements.md says what each figure means.\n");
        text.Append("Values are medians over rounds, with the lowest and the highest round in brackets. Ratios travel between machines, times do not.\n\n");
        text.Append("| | |\n|---|---|\n");
        foreach (var (name, value) in header.Lines())
        {
            text.Append($"| {name} | {value} |\n");
        }

        foreach (var section in sections)
        {
            text.Append($"\n## {section.Title}\n\n{section.Explanation}\n\n| metric | value | target | met |\n|---|---|---|---|\n");
            foreach (var row in section.Rows)
            {
                text.Append($"| {row.Metric} | {row.ValueText} | {row.TargetText} | {row.MetText} |\n");
            }
        }

        Write(path, text.ToString());
    }

    public static void WriteJson(string path, RunHeader header, IReadOnlyList<Section> sections) =>
        Write(path, JsonSerializer.Serialize(new { header, sections }, _json) + "\n");

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, content);
    }
}
