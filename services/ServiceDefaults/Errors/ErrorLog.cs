using Microsoft.Extensions.Logging;

namespace Strata.ServiceDefaults.Errors;

/// <summary>Log lines of the error interceptor.</summary>
internal static partial class ErrorLog
{
    [LoggerMessage(EventId = 1, EventName = "ExpectedFailure", Level = LogLevel.Debug, Message = "{Method} ended with {Reason}: {Message}")]
    public static partial void ExpectedFailure(ILogger logger, string method, string reason, string message);

    [LoggerMessage(EventId = 2, EventName = "UnexpectedFailure", Level = LogLevel.Error, Message = "{Method} failed unexpectedly.")]
    public static partial void UnexpectedFailure(ILogger logger, string method, Exception exception);
}
