namespace Grpc.Core;

/// <summary>The methods of a service with their handlers; immutable.</summary>
public partial class ServerServiceDefinition
{
    private readonly Action<ServiceBinderBase>[] methods;

    internal ServerServiceDefinition(Action<ServiceBinderBase>[] methods) => this.methods = methods;

    /// <summary>Begins a definition.</summary>
    /// <returns>An empty builder.</returns>
    public static Builder CreateBuilder() => new();

    /// <summary>Hands every method to a binder, in the order in which they were added.</summary>
    /// <param name="serviceBinder">The binder.</param>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        ArgumentNullException.ThrowIfNull(serviceBinder);
        foreach (var bind in methods)
        {
            bind(serviceBinder);
        }
    }
}
