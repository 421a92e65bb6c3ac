using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Strata.ServiceDefaults.Telemetry;

namespace Strata.ServiceDefaults.Errors;

/// <summary>Turns every exception of a handler into a documented status; the only place where one crosses to the wire.</summary>
/// <param name="statusMapping">The host's exhaustive mapping of its library's expected failures; null for anything else.</param>
/// <param name="logger">Receives what nobody expected.</param>
/// <param name="meter">Counts what callers get.</param>
public sealed class ErrorInterceptor(Func<Exception, RichError?> statusMapping, ILogger<ErrorInterceptor> logger, ErrorMeter meter) : Interceptor
{
    // A timer may go off before the clock reaches its time.
    private static readonly TimeSpan _timerTick = TimeSpan.FromMilliseconds(16);

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Answer(exception, context).ToException();
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(new CallerStream<TRequest>(requestStream), context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Answer(exception, context).ToException();
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Answer(exception, context).ToException();
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(new CallerStream<TRequest>(requestStream), responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Answer(exception, context).ToException();
        }
    }

    /// <summary>Maps any exception of a call, and counts it as an error that its caller gets; never throws.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="context">The call.</param>
    /// <returns>The error for the wire.</returns>
    public RichError Answer(Exception exception, ServerCallContext context) => Count(Map(exception, context));

    /// <summary>Counts an error that a caller gets.</summary>
    /// <param name="error">The error, mapped before.</param>
    /// <returns>The same.</returns>
    public RichError Count(RichError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        meter.Count(error.Reason);
        return error;
    }

    /// <summary>Maps any exception of a call without counting it, for one that may still be mended; never throws.</summary>
    /// <param name="exception">What the handler threw.</param>
    /// <param name="context">The call; tells a deadline from a cancel.</param>
    /// <returns>The error for the wire.</returns>
    public RichError Map(Exception exception, ServerCallContext context)
    {
        if (statusMapping(exception) is { } expected)
        {
            ErrorLog.ExpectedFailure(logger, context.Method, expected.Reason, expected.Message);
            return expected;
        }

        // gRPC closes a call that is late or left a moment before it cancels the call's token: a write in between is refused as an invalid
        // operation. What cancels the token of a caller who is still there is the deadline.
        var left = context.GetHttpContext().RequestAborted.IsCancellationRequested || exception is StreamResetException;
        var late = context.Deadline <= DateTime.UtcNow + _timerTick || (!left && context.CancellationToken.IsCancellationRequested);
        if ((late || left) && exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            return late
                ? new RichError(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", "The deadline passed before the answer was ready.")
                : new RichError(StatusCode.Cancelled, "CANCELLED", "The caller cancelled the call.");
        }

        ErrorLog.UnexpectedFailure(logger, context.Method, exception);
        return new RichError(StatusCode.Internal, "UNEXPECTED", "The service failed in a way it did not foresee; its log holds the cause.");
    }
}
