namespace Grpc.Core;

/// <summary>A running call with many requests and many responses.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly CallState callState;

    /// <summary>Wraps a call.</summary>
    /// <param name="requestStream">Requests to write.</param>
    /// <param name="responseStream">Responses to read.</param>
    /// <param name="responseHeadersAsync">The response headers.</param>
    /// <param name="getStatusFunc">Status of an ended call.</param>
    /// <param name="getTrailersFunc">Trailers of an ended call.</param>
    /// <param name="disposeAction">Cancels a running call and releases it.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        callState = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Wraps a call whose functions share a state object.</summary>
    /// <param name="requestStream">Requests to write.</param>
    /// <param name="responseStream">Responses to read.</param>
    /// <param name="responseHeadersAsync">The response headers.</param>
    /// <param name="getStatusFunc">Status of an ended call.</param>
    /// <param name="getTrailersFunc">Trailers of an ended call.</param>
    /// <param name="disposeAction">Cancels a running call and releases it.</param>
    /// <param name="state">Passed to each of the functions.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        callState = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Requests to write; end them with <c>CompleteAsync</c>.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>Responses to read.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The response headers, as soon as they arrive.</summary>
    public Task<Metadata> ResponseHeadersAsync => callState.ResponseHeadersAsync;

    /// <summary>Status of an ended call.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => callState.GetStatus();

    /// <summary>Trailers of an ended call.</summary>
    /// <returns>The trailers.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => callState.GetTrailers();

    /// <summary>Cancels the call if it still runs, and releases it.</summary>
    public void Dispose() => callState.Dispose();
}
