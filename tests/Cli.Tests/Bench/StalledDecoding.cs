using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Contracts.Decoding.V1;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Cli.Tests.Bench;

/// <summary>A gRPC server that answers some calls at once, then answers nobody for a while, then everybody again.</summary>
internal sealed class StalledDecoding : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Behaviour _behaviour;

    private StalledDecoding(WebApplication app, Behaviour behaviour) => (_app, _behaviour) = (app, behaviour);

    public string Address => _app.Urls.First();

    /// <summary>Completes when the stall begins.</summary>
    public Task Stalled => _behaviour.Stalled.Task;

    /// <param name="answered">Calls that are answered before the stall.</param>
    /// <param name="stall">How long nobody is answered.</param>
    public static async Task<StalledDecoding> StartAsync(int answered, TimeSpan stall)
    {
        var behaviour = new Behaviour(answered, stall);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.AddStrataDefaults(new IPEndPoint(IPAddress.Loopback, 0), null, _ => null, DecodingService.Descriptor);
        builder.Services.AddSingleton(behaviour);
        var app = builder.Build();
        app.MapGrpcService<Behaviour>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new StalledDecoding(app, behaviour);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Behaviour(int answered, TimeSpan stall) : DecodingService.DecodingServiceBase
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public TaskCompletionSource Stalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<DecodeResponse> Decode(DecodeRequest request, ServerCallContext context)
        {
            await AnswerAsync(context.CancellationToken);
            return new DecodeResponse();
        }

        public override async Task DecodeStream(
            IAsyncStreamReader<DecodeStreamRequest> requestStream, IServerStreamWriter<DecodeStreamResponse> responseStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                await AnswerAsync(context.CancellationToken);
                await responseStream.WriteAsync(new DecodeStreamResponse { Id = requestStream.Current.Id, Response = new DecodeResponse() });
            }
        }

        private Task AnswerAsync(CancellationToken gone)
        {
            var call = Interlocked.Increment(ref _calls);
            if (call <= answered)
            {
                return Task.CompletedTask;
            }

            if (call == answered + 1)
            {
                // The stall is what is measured, not a wait for something to happen.
                _ = Task.Delay(stall, CancellationToken.None).ContinueWith(_ => _over.TrySetResult(), TaskScheduler.Default);
                Stalled.TrySetResult();
            }

            return _over.Task.WaitAsync(gone);
        }
    }
}
