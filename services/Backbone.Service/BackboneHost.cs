using Strata.Backbone.Admission;
using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Service.Contexts;
using Strata.Backbone.Service.Models;
using Strata.Backbone.Service.Options;
using Strata.Backbone.Service.Rpc;
using Strata.Backbone.Service.Telemetry;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Backbone.Service;

/// <summary>Builds the Backbone host; <c>Program.cs</c>, the quick start and the tests all start this one.</summary>
public static class BackboneHost
{
    /// <summary>Loads the configured models and builds the host, not yet listening.</summary>
    /// <param name="args">Command-line configuration, such as <c>--Backbone:Models:emotion=models/emotion</c>.</param>
    /// <param name="progress">Receives a line before each slow step; may be null.</param>
    /// <returns>The host. Dispose it to free the models.</returns>
    /// <exception cref="StartupException">The configuration is wrong, or a model cannot be loaded.</exception>
    public static WebApplication Build(string[] args, Action<string>? progress = null) => Build(args, progress, null);

    /// <summary>The same, with a last word on logging and services before the host is built.</summary>
    internal static WebApplication Build(string[] args, Action<string>? progress, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.QuietFramework();
        var options = StartupOptions.Read<BackboneOptions>(builder.Configuration, BackboneOptions.Section);

        // A run blocks its thread while ONNX Runtime computes; without spare threads the pool would starve the network.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + options.MaxConcurrentRuns + 2), completions);

        builder.AddStrataDefaults(
            ListenAddress.Parse(options.Listen, $"{BackboneOptions.Section}:{nameof(options.Listen)}"),
            options.HttpListen.Length == 0 ? null : ListenAddress.Parse(options.HttpListen, $"{BackboneOptions.Section}:{nameof(options.HttpListen)}"),
            StatusMapping.Map,
            BackboneService.Descriptor);
        var runtime = LoadStep(() => new InferenceRuntime(new InferenceOptions
        {
            IntraOpThreads = options.IntraOpThreads,
            MaxActivationBytes = options.MaxActivationBytes,
            Cuda = options.Cuda,
        }));
        var models = LoadStep(() => ModelRegistry.Load(options, runtime, progress));
        builder.Services.AddSingleton(_ => runtime);
        builder.Services.AddSingleton(_ => models);
        builder.Services.AddSingleton(_ => new ComputePermits(options.MaxConcurrentRuns, options.MaxQueuedRuns));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(_ => new ResidentContexts(options.MaxContextBytes));
        builder.Services.AddSingleton<BackboneMeter>();
        builder.Services.AddSingleton<ContextCompiler>();
        builder.Services.AddSingleton<ContextLoader>();
        builder.Services.AddSingleton<ModelSwap>();
        builder.Services.AddSingleton<BackboneRpc>();

        configure?.Invoke(builder);

        var app = builder.Build();
        // Resolved once so that the container owns and disposes them, models before the runtime.
        _ = app.Services.GetRequiredService<InferenceRuntime>();
        _ = app.Services.GetRequiredService<ModelRegistry>();
        app.MapStrataDefaults(binder => BackboneService.BindService(binder, app.Services.GetRequiredService<BackboneRpc>()), BackboneService.Descriptor);
        app.MapGrpcService<BackboneRpc>();
        return app;
    }

    private static T LoadStep<T>(Func<T> load)
    {
        try
        {
            return load();
        }
        catch (BackboneException failure)
        {
            throw new StartupException(failure.Message, failure);
        }
    }
}
