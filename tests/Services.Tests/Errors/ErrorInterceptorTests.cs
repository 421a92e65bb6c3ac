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
    // gRPC closes a late call before it cancels the token: a write in between is an invalid operation.
    [InlineData(-1, false, "DEADLINE_EXCEEDED")]
    [InlineData(-1, true, "DEADLINE_EXCEEDED")]
    [InlineData(60, true, "CANCELLED")]
    [InlineData(60, false, "UNEXPECTED")]
    public void Map_WriteRefused_IsUnexpectedOnlyInALivingCall(int deadlineInSeconds, bool cancelled, string reason)
    {
        using var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        var interceptor = Interceptor(services);
        var call = new EndedCall(DateTime.UtcNow.AddSeconds(deadlineInSeconds), new CancellationToken(cancelled));
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
            new EndedCall(DateTime.MaxValue, TestContext.Current.CancellationToken),
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
