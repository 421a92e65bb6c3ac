using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Host;

/// <summary>Implements Probe as probe.proto says.</summary>
internal sealed class ProbeRpc(ProbeRecord record) : Probe.ProbeBase
{
    public override Task<Ping> Echo(Ping request, ServerCallContext context) => Task.FromResult(request);

    public override async Task<Ping> Sum(IAsyncStreamReader<Ping> requestStream, ServerCallContext context)
    {
        var sum = 0;
        await foreach (var ping in requestStream.ReadAllAsync(context.CancellationToken))
        {
            sum += ping.Number;
        }

        return new Ping { Number = sum };
    }

    public override async Task Count(Ping request, IServerStreamWriter<Ping> responseStream, ServerCallContext context)
    {
        for (var number = 1; number <= request.Number; number++)
        {
            await responseStream.WriteAsync(new Ping { Number = number }, context.CancellationToken);
        }
    }

    public override async Task Chat(
        IAsyncStreamReader<Ping> requestStream, IServerStreamWriter<Ping> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext())
        {
            await responseStream.WriteAsync(requestStream.Current);
        }
    }

    public override Task<Ping> Fail(Ping request, ServerCallContext context)
    {
        var trailers = new Metadata { { "reason", "asked for" }, { "payload-bin", request.Payload.ToByteArray() } };
        throw new RpcException(new Status((StatusCode)request.Number, request.Text), trailers);
    }

    public override async Task<Ping> Hold(Ping request, ServerCallContext context)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.CancellationToken.Register(cancelled.SetResult);
        record.HoldStarted.TrySetResult();
        await cancelled.Task;
        record.HoldCancelled.TrySetResult();
        throw new OperationCanceledException(context.CancellationToken);
    }

    public override Task<Ping> Flaky(Ping request, ServerCallContext context)
    {
        var attempt = record.NextAttempt();
        return attempt < request.Number
            ? throw new RpcException(new Status(StatusCode.Unavailable, $"attempt {attempt} fails"))
            : Task.FromResult(new Ping { Number = attempt });
    }
}
