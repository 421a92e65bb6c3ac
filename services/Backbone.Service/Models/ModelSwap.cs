using System.Runtime.CompilerServices;
using Grpc.Core;
using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Telemetry;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Errors;

namespace Strata.Backbone.Service.Models;

/// <summary>Swaps the model behind a name: loads the new one beside the old one, moves new calls over, waits for the old streams, frees
/// the old model. A folder that cannot be loaded changes nothing.</summary>
internal sealed partial class ModelSwap(ModelRegistry models, ResidentContexts contexts, InferenceRuntime runtime, BackboneOptions options, BackboneMeter meter, ILogger<ModelSwap> logger) : IDisposable
{
    private static readonly TimeSpan _progressInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(5);

    // Two models at once beside the hosted ones would double the memory that a swap needs.
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SwapOutcomes _outcomes = new();

    /// <summary>Runs a swap and tells where it is. Whoever stops listening before the new model serves stops the swap; afterwards it goes on.</summary>
    public async IAsyncEnumerable<SwapModelResponse> RunAsync(SwapModelRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (_outcomes.Find(request) is { } before)
        {
            yield return before;
            yield break;
        }

        var folder = ModelRoot.Resolve(options, request.Folder);
        var old = models.Get(request.Name);
        if (!_one.Wait(0, CancellationToken.None))
        {
            throw new RichErrorException(new RichError(StatusCode.Aborted, "SWAP_IN_PROGRESS", "Another swap is loading a model; try again when it is done.") { RetryDelay = _retryDelay });
        }

        var name = old.Name;
        ServedModel? successor = null;
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<HostedModel>? loading = null;
        try
        {
            // The same request may have ended between the first look and the lock.
            if (_outcomes.Find(request) is { } meanwhile)
            {
                yield return meanwhile;
                yield break;
            }

            old = models.Get(name);
            loading = Task.Run(() => HostedModel.Load(name, folder, runtime, ct: abandoned.Token), CancellationToken.None);
            do
            {
                yield return new SwapModelResponse { Stage = SwapStage.Loading, Model = old.Wire };
            }
            while (await Task.WhenAny(loading, Task.Delay(_progressInterval, CancellationToken.None)) != loading);
            successor = new ServedModel(await loading, options, old.Wire.Generation + 1);
            models.Replace(successor);
            old.Dispose();
            if (successor.Wire.Fingerprint != old.Wire.Fingerprint)
            {
                contexts.EvictModel(old.Wire.Fingerprint);
            }

            _outcomes.Add(request, new SwapModelResponse { Stage = SwapStage.Done, Model = successor.Wire });
            LogSwapped(logger, old.Name, folder, successor.Wire.Generation, successor.Wire.Fingerprint);
        }
        finally
        {
            if (successor is null && loading is not null)
            {
                await abandoned.CancelAsync();
                await ((Task)loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                (loading.IsCompletedSuccessfully ? loading.Result : null)?.Dispose();
            }

            _one.Release();
            if (loading is not null)
            {
                meter.Swapped(name, successor is not null);
            }
        }

        while (!old.Freed.IsCompleted)
        {
            yield return new SwapModelResponse { Stage = SwapStage.Draining, Model = successor.Wire, DrainingStreams = old.Leases };
            await Task.WhenAny(old.Freed, Task.Delay(_progressInterval, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }

        yield return new SwapModelResponse { Stage = SwapStage.Done, Model = successor.Wire };
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "Model {Name} was swapped for {Folder}: generation {Generation}, fingerprint {Fingerprint}.")]
    private static partial void LogSwapped(ILogger logger, string name, string folder, long generation, string fingerprint);
}
