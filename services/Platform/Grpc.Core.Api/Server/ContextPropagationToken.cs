namespace Grpc.Core;

/// <summary>Context of a parent call, to start child calls with.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
