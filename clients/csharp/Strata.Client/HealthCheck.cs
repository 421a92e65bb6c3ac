using Grpc.Health.V1;

namespace Strata.Client;

/// <summary>grpc.health.v1, which both services serve.</summary>
internal sealed class HealthCheck(Connection connection)
{
    private readonly Health.HealthClient _rpc = new(connection.Invoker);

    public async Task<HealthCheckResponse.Types.ServingStatus> CheckAsync(string service, CancellationToken cancellation)
    {
        var call = _rpc.CheckAsync(new HealthCheckRequest { Service = service }, connection.Unary(null, cancellation));
        return (await Calls.AnswerAsync(call, cancellation).ConfigureAwait(false)).Status;
    }
}
