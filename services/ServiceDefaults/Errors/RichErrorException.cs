namespace Strata.ServiceDefaults.Errors;

/// <summary>A failure that a host itself found at its boundary (a malformed field, a missing backbone), already in wire terms.</summary>
/// <param name="error">What goes on the wire.</param>
/// <param name="innerException">What lies behind it, for the log only.</param>
public sealed class RichErrorException(RichError error, Exception? innerException = null) : Exception(error.Message, innerException)
{
    /// <summary>What goes on the wire.</summary>
    public RichError Error { get; } = error;
}
