using System.CommandLine.Parsing;
using System.Text.Json;

namespace Strata.Cli;

/// <summary>Enums of the contract as one types them: <c>max-cosine-distance</c>.</summary>
internal static class WireName
{
    /// <summary>Reads a value by its name, upper or lower case.</summary>
    public static Func<ArgumentResult, T> Parser<T>() where T : struct, Enum => result =>
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
    };

    /// <summary>The name of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // 0 is "unspecified", which one says by leaving the option out.
    private static IEnumerable<T> Values<T>() where T : struct, Enum => Enum.GetValues<T>().Where(value => !value.Equals(default(T)));
}
