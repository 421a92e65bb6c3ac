using System.ComponentModel.DataAnnotations;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>Checks options at start, all rules at once.</summary>
public static class StartupOptions
{
    /// <summary>Validates data annotations.</summary>
    /// <param name="options">Bound options.</param>
    /// <param name="section">Their configuration section, for the message.</param>
    /// <exception cref="StartupException">Names every option that is wrong.</exception>
    public static void Validate(object options, string section)
    {
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            throw new StartupException($"Configuration section {section}: {string.Join(" ", results.Select(result => result.ErrorMessage))}");
        }
    }
}
