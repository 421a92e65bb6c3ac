using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Telemetry;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Errors;

/// <summary>What an exception means depends on whether its call has ended.</summary>
public sealed class ErrorInterceptorTests
{
    private readonly ErrorLogCapture _log = new();

    [Theory]
    // gRPC closes a late call before it cancels the token: a write in between is an invalid operation.
    [InlineData(-1, false, "DEADLINE_EXCEEDED")]
    [InlineData(-1, true, "DEADLINE_EXCEEDED")]
    [InlineData(60, true, "CANCELLED")]
    [InlineData(60, false, "UNEXPECTED")]
    public void Map_WriteRefused_IsUnexpectedOnlyInALivingCall(int deadlineInSeconds, bool cancelled, string reason)
    {
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var interceptor = new ErrorInterceptor(_ => null, factory.CreateLogger<ErrorInterceptor>(), new ErrorMeter(services.GetRequiredService<IMeterFactory>()));
        var call = new EndedCall(DateTime.UtcNow.AddSeconds(deadlineInSeconds), new CancellationToken(cancelled));
        var error = interceptor.Map(new InvalidOperationException("Can't write the message because the request is complete."), call);
        Assert.Equal(reason, error.Reason);
        Assert.Equal(reason == "UNEXPECTED" ? 1 : 0, _log.Errors.Count);
    }
}
