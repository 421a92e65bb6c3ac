namespace Grpc.Core;

/// <summary>Tells a server which static method binds a generated service class.</summary>
/// <param name="bindType">Type that has the method.</param>
/// <param name="bindMethodName">Name of the method.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>Type that has the method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>Name of the method.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
