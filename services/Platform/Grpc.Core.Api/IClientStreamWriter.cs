namespace Grpc.Core;

/// <summary>Requests that a client streams to a service.</summary>
/// <typeparam name="T">Request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the request stream; nothing may be written afterwards.</summary>
    /// <returns>Ends when the end of the stream is sent.</returns>
    Task CompleteAsync();
}
