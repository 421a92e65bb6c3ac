namespace Grpc.Core;

/// <summary>Messages that are sent one after the other.</summary>
/// <typeparam name="T">Message type.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the next writes; null uses the call's.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message; one write at a time.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Ends when the next message may be written.</returns>
    Task WriteAsync(T message);

    /// <summary>Sends a message; one write at a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the write and the call.</param>
    /// <returns>Ends when the next message may be written.</returns>
    /// <exception cref="NotSupportedException">The implementation cannot cancel a write.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This stream writer cannot cancel a write: pass no cancellation token.")
        : WriteAsync(message);
}
