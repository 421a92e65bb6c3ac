using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class RetryTests
{
    private const int MaxAttempts = 3;

    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unavailable_UntilTheLastAttempt_Succeeds()
    {
        await using var server = await ProbeServer.StartAsync(configureChannel: Retry);

        var received = await server.Client.FlakyAsync(new Ping { Number = MaxAttempts }, cancellationToken: TestCancelled);

        Assert.Equal(MaxAttempts, received.Number);
        Assert.Equal(MaxAttempts, server.Record.Attempts);
    }

    [Fact]
    public async Task Unavailable_InEveryAttempt_FailsAfterTheLast()
    {
        await using var server = await ProbeServer.StartAsync(configureChannel: Retry);

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.FlakyAsync(new Ping { Number = MaxAttempts + 1 }, cancellationToken: TestCancelled).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal($"attempt {MaxAttempts} fails", failure.Status.Detail);
        Assert.Equal(MaxAttempts, server.Record.Attempts);
    }

    private static void Retry(GrpcChannelOptions options) => options.ServiceConfig = new ServiceConfig
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = MaxAttempts,
                    InitialBackoff = TimeSpan.FromMilliseconds(1),
                    MaxBackoff = TimeSpan.FromMilliseconds(1),
                    BackoffMultiplier = 1,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },
    };
}
