namespace Grpc.Core;

/// <summary>Responses that a handler streams to its client.</summary>
/// <typeparam name="T">Response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
