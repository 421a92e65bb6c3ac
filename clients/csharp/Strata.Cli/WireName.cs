using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Strata.Cli;

/// <summary>Enums of the contract as one types them: <c>max-cosine-distance</c>.</summary>
internal static class WireName
{
    /// <summary>Lets an option be one of the names, upper or lower case, and says them in help and completions.</summary>
    public static void Accept<T>(Option<T> option) where T : struct, Enum
    {
        var names = Values<T>().Select(Of).ToArray();
        option.CustomParser = Parse<T>;
        option.HelpName = string.Join('|', names);
        option.CompletionSources.Clear();
        option.CompletionSources.Add(names);
    }

    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static T Parse<T>(ArgumentResult result) where T : struct, Enum
    {
        var given = result.Tokens[0].Value;
        foreach (var value in Values<T>())
        {
            if (string.Equals(Of(value), given, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"\"{given}\" is none of {string.Join(", ", Values<T>().Select(Of))}.");
        return default;
    }

    // 0 is "unspecified", which one says by leaving the option out.
    private static IEnumerable<T> Values<T>() where T : struct, Enum => Enum.GetValues<T>().Where(value => !value.Equals(default(T)));
}
