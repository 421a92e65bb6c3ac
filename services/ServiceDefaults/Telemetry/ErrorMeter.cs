using System.Diagnostics.Metrics;

namespace Strata.ServiceDefaults.Telemetry;

/// <summary>Counts the errors that callers get, by the reason that docs/errors.md lists. A row of docs/telemetry.md for each instrument.</summary>
public sealed class ErrorMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Strata.Errors";

    private readonly Counter<long> _errors;

    /// <param name="meters">The host's meters.</param>
    public ErrorMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _errors = meters.Create(Name).CreateCounter<long>("strata.errors", "{error}", "Errors that callers got, one for each request of a DecodeStream too");
    }

    /// <summary>One error went to a caller.</summary>
    /// <param name="reason">Its ErrorInfo.reason.</param>
    public void Count(string reason) => _errors.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
