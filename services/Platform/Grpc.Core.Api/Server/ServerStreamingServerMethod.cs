namespace Grpc.Core;

/// <summary>Handler of a call that streams responses.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="responseStream">Responses to write.</param>
/// <param name="context">The call.</param>
/// <returns>Ends when the last response is written.</returns>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
