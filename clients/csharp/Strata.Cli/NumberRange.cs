using System.CommandLine;
using System.Globalization;

namespace Strata.Cli;

/// <summary>Bounds of options that are numbers.</summary>
internal static class NumberRange
{
    /// <summary>The most seconds that an option takes: ten years.</summary>
    public const double MostSeconds = 10 * 365.25 * 24 * 3600;

    /// <summary>Refuses what is outside.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isInside">Whether a value may be.</param>
    /// <param name="otherwise">What to write, after the name of the option.</param>
    public static void Accept<T>(this Option<T> option, Func<T, bool> isInside, string otherwise) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && !IsInside())
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {result.Tokens[^1].Value}: write {otherwise}."));
        }

        bool IsInside()
        {
            try
            {
                return isInside(result.GetValueOrDefault<T>()!);
            }
            catch (InvalidOperationException)
            {
                return true; // It cannot be read, which the parser tells by itself.
            }
        }
    });

    /// <summary>Refuses what is no port; 0 is one.</summary>
    public static void AcceptPort(this Option<int> option) => option.Accept(port => port is >= 0 and <= 65535, "a port, 0 to 65535");

    /// <summary>Whether a number of seconds is above 0 and not more than <see cref="MostSeconds"/>.</summary>
    public static bool IsTime(double seconds) => seconds is > 0 and <= MostSeconds;
}
