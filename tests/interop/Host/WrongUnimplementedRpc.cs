using Grpc.Core;
using Grpc.Testing;

namespace Strata.Interop.Tests.Host;

/// <summary>The service that no server may serve.</summary>
internal sealed class WrongUnimplementedRpc : UnimplementedService.UnimplementedServiceBase
{
    public override Task<Empty> UnimplementedCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());
}
