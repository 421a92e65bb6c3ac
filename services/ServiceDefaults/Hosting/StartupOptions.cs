using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>Checks options at start, all rules at once.</summary>
public static class StartupOptions
{
    /// <summary>Binds options from their section and validates them.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="configuration">All of the configuration.</param>
    /// <param name="section">Their section.</param>
    /// <exception cref="StartupException">A value is none of its option's type, or breaks its rule.</exception>
    public static T Read<T>(IConfiguration configuration, string section) where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        T options;
        try
        {
            options = configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException failure)
        {
            throw new StartupException($"Configuration section {section}: {failure.Message}", failure);
        }

        Validate(options, section);
        return options;
    }

    /// <summary>Validates data annotations, and that nothing is null.</summary>
    /// <param name="options">Bound options.</param>
    /// <param name="section">Their configuration section, for the message.</param>
    /// <exception cref="StartupException">Names every option that is wrong.</exception>
    public static void Validate(object options, string section)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);

        // JSON's null reaches properties whose type says that it cannot.
        string[] wrong = [
            .. results.Select(result => result.ErrorMessage!),
            .. options.GetType().GetProperties()
                .Where(property => property.GetValue(options) is null && !property.IsDefined(typeof(RequiredAttribute), inherit: false))
                .Select(property => $"{property.Name} is null; give it a value or leave it out."),
        ];
        if (wrong.Length > 0)
        {
            throw new StartupException($"Configuration section {section}: {string.Join(" ", wrong)}");
        }
    }
}
