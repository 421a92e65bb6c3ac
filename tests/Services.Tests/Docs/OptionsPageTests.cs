using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Backbone.Service.Options;
using Strata.Decoding.Service.Options;

namespace Strata.Services.Tests.Docs;

/// <summary>docs/options.md has one row for each property, with its default.</summary>
public sealed partial class OptionsPageTests
{
    [Fact]
    public void OptionsPage_Rows_EqualTheProperties()
    {
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "options.md")))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim('`'));
        var inCode = new Dictionary<string, string>();
        Add(inCode, new BackboneOptions(), BackboneOptions.Section + ":");
        Add(inCode, new DecodingOptions(), DecodingOptions.Section + ":");
        Add(inCode, new ContextOptions(), DecodingOptions.Section + ":Contexts:");
        Add(inCode, new BackboneEndpointOptions(), DecodingOptions.Section + ":Backbones:NAME:");
        Assert.Equal(inCode.OrderBy(row => row.Key, StringComparer.Ordinal), documented.OrderBy(row => row.Key, StringComparer.Ordinal));
    }

    private static void Add(Dictionary<string, string> rows, object options, string prefix)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var value = property.GetValue(options);
            var required = property.GetCustomAttributes(typeof(System.ComponentModel.DataAnnotations.RequiredAttribute), false).Length > 0;
            rows.Add(prefix + property.Name, value switch
            {
                string { Length: 0 } => required ? "-" : "empty",
                string text => text,
                bool flag => flag ? "true" : "false",
                int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
                _ => "-",
            });
        }
    }

    [GeneratedRegex(@"^\| `([\w:]+)` \| ([^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
