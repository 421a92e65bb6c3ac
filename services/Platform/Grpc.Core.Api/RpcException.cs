namespace Grpc.Core;

/// <summary>A call failed, or a handler ends its call with a status.</summary>
public class RpcException : Exception
{
    /// <summary>Creates an exception whose message is the status' text.</summary>
    /// <param name="status">Outcome of the call.</param>
    public RpcException(Status status)
        : this(status, status.ToString(), Metadata.Empty)
    {
    }

    /// <summary>Creates an exception with its own message.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="message">Message of the exception, not sent to the peer.</param>
    public RpcException(Status status, string message)
        : this(status, message, Metadata.Empty)
    {
    }

    /// <summary>Creates an exception with trailers.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="trailers">Trailing metadata received, or to send.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, status.ToString(), trailers)
    {
    }

    /// <summary>Creates an exception with trailers and its own message.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="trailers">Trailing metadata received, or to send.</param>
    /// <param name="message">Message of the exception, not sent to the peer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : this(status, message, trailers)
    {
    }

    private RpcException(Status status, string message, Metadata trailers)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>Outcome of the call.</summary>
    public Status Status { get; }

    /// <summary>Code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Trailing metadata; empty where there is none.</summary>
    public Metadata Trailers { get; }
}
