using System.Text.RegularExpressions;

namespace Strata.Services.Tests.Docs;

/// <summary>Every rpc, message, field and enum value of the contract has a comment above it.</summary>
public sealed partial class ProtoCommentTests
{
    private static readonly string _protos = Path.Combine(Repository.Root, "protos");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(_protos, "*.proto", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_protos, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Proto_EveryDeclaration_HasACommentAboveIt(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(_protos, file));
        string[] bare = [.. lines.Where((line, i) => Declaration().IsMatch(line) && !lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))];
        Assert.Empty(bare);
        Assert.Contains(lines, Declaration().IsMatch);
    }

    // service, message, enum and oneof; rpc; "type name = 1;"; "NAME = 0;". An rpc or field that wraps starts on its first line.
    [GeneratedRegex(@"^\s*((service|message|enum|oneof)\s+\w+\s*\{|rpc\s+\w+|(repeated\s+|optional\s+)?[\w.]+(<[^>]*>)?\s+\w+\s*=\s*\d+;|[A-Z][A-Z0-9_]*\s*=\s*\d+;)")]
    private static partial Regex Declaration();
}
