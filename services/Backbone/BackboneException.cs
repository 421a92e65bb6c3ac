namespace Strata.Backbone;

/// <summary>An expected failure of the Backbone library: which one, what is wrong, and the values a caller needs to mend it.</summary>
/// <param name="error">Stage and remedy of the failure; the host maps it to a gRPC status and a reason.</param>
/// <param name="message">One sentence that says what is wrong and what to do.</param>
/// <param name="innerException">What lies behind it, for the log only.</param>
public sealed class BackboneException(BackboneError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Which failure it is.</summary>
    public BackboneError Error { get; } = error;

    /// <summary>Dynamic values of the message, keyed in lowerCamelCase with the unit in the name; never null.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
