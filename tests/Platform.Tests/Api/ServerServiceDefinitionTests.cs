using Grpc.Core;

namespace Strata.Platform.Tests.Api;

public sealed class ServerServiceDefinitionTests
{
    private static readonly Method<string, string> Method = new(
        MethodType.Unary, "pkg.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void BindService_OfADefinition_HandsOverEachMethod()
    {
        var binder = new CollectingBinder();
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Method, (request, context) => Task.FromResult(request))
            .Build();

        definition.BindService(binder);

        Assert.Equal("/pkg.Service/Do", Assert.Single(binder.Methods));
    }

    [Fact]
    public void AddMethod_Twice_IsRefused()
    {
        UnaryServerMethod<string, string> handler = (request, _) => Task.FromResult(request);
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(Method, handler);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(Method, handler));
    }

    private sealed class CollectingBinder : ServiceBinderBase
    {
        internal List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Methods.Add(method.FullName);
    }
}
