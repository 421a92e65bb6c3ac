namespace Strata.Decoding;

/// <summary>An expected failure of the Decoding library: which one, what is wrong, and every field at fault.</summary>
public sealed class DecodingException : Exception
{
    /// <summary>A failure that no single field of the parameters caused.</summary>
    /// <param name="error">Stage and remedy of the failure; the host maps it to a gRPC status and a reason.</param>
    /// <param name="message">One sentence that says what is wrong and what to do.</param>
    public DecodingException(DecodingError error, string message)
        : base(message) => Error = error;

    /// <summary>All violations of a set of parameters at once.</summary>
    /// <param name="violations">At least one; the first gives <see cref="Error"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="violations"/> is empty.</exception>
    public DecodingException(IReadOnlyList<ParameterViolation> violations)
        : base(Describe(violations))
    {
        Error = violations[0].Error;
        Violations = violations;
    }

    /// <summary>Which failure it is; of several violations, the first.</summary>
    public DecodingError Error { get; }

    /// <summary>Every field that is wrong, in the order of the record's properties; empty if the failure is not about parameters.</summary>
    public IReadOnlyList<ParameterViolation> Violations { get; } = [];

    private static string Describe(IReadOnlyList<ParameterViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        if (violations.Count == 0)
        {
            throw new ArgumentException("There must be at least one violation.", nameof(violations));
        }

        return string.Join(' ', violations.Select(v => $"{v.Field}: {v.Description}"));
    }
}
