namespace Grpc.Core.Interceptors;

/// <summary>Sees and may change the calls of a client or of a server; override the shapes that matter.</summary>
public abstract partial class Interceptor;
