using Microsoft.Extensions.Logging;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>What the frameworks below a host may say.</summary>
public static class HostLogging
{
    /// <summary>Keeps request-by-request lines out, and the stack trace of a failed start, which the program says in one sentence.</summary>
    /// <param name="logging">The host's logging.</param>
    public static void QuietFramework(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Grpc", LogLevel.Warning)
        // What handlers fail with is logged by ErrorInterceptor; what is left are callers that go away while their request is read.
        .AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.None)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
}
