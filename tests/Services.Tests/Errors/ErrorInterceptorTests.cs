using System.Diagnostics.Metrics;
using Grpc.Core;
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
    // gRPC closes a late call, and one whose caller left, before it cancels the token: a write in between is an invalid operation.
    [InlineData(-1, false, false, "DEADLINE_EXCEEDED")]
    [InlineData(-1, true, false, "DEADLINE_EXCEEDED")]
    [InlineData(60_000, false, true, "CANCELLED")]
    [InlineData(60_000, true, true, "CANCELLED")]
    // A timer that is early.
    [InlineData(1, false, false, "DEADLINE_EXCEEDED")]
    [InlineData(60_000, true, false, "DEADLINE_EXCEEDED")]
    [InlineData(60_000, false, false, "UNEXPECTED")]
    public void Map_WriteRefused_IsUnexpectedOnlyInALivingCall(int deadlineInMs, bool cancelled, bool left, string reason)
    {
        using var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        var interceptor = Interceptor(services);
        var call = new EndedCall(DateTime.UtcNow.AddMilliseconds(deadlineInMs), new CancellationToken(cancelled), left);
        var error = interceptor.Map(new InvalidOperationException("Can't write the message because the request is complete."), call);
        Assert.Equal(reason, error.Reason);
        Assert.Equal(reason == "UNEXPECTED" ? 1 : 0, _log.Errors.Count);
    }

    [Theory]
    [InlineData(true, StatusCode.Cancelled)]
    [InlineData(false, StatusCode.Internal)]
    public async Task Read_IOException_IsTheCallersOnlyIfItsStreamThrewIt(bool callerReset, StatusCode expected)
    {
        using var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        var failure = await Assert.ThrowsAsync<RpcException>(() => Interceptor(services).ClientStreamingServerHandler<string, string>(
            new BrokenStream(),
            new EndedCall(DateTime.MaxValue, TestContext.Current.CancellationToken, left: false),
            async (requests, call) => callerReset && await requests.MoveNext(call.CancellationToken) ? "" : throw new IOException("a failing disk")));
        Assert.Equal(expected, failure.StatusCode);
        Assert.Equal(callerReset ? 0 : 1, _log.Errors.Count);
    }

    private static ErrorInterceptor Interceptor(IServiceProvider services) =>
        new(_ => null, services.GetRequiredService<ILogger<ErrorInterceptor>>(), new ErrorMeter(services.GetRequiredService<IMeterFactory>()));

    private sealed class BrokenStream : IAsyncStreamReader<string>
    {
        public string Current => "";

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw new IOException("The client reset the request stream.");
        }
    }
}
