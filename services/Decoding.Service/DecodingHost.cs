using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Backbone;
using Strata.Decoding.Service.Contexts;
using Strata.Decoding.Service.Decode;
using Strata.Decoding.Service.Options;
using Strata.Decoding.Service.Rpc;
using Strata.Decoding.Service.Telemetry;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service;

/// <summary>Builds the Decoding host; <c>Program.cs</c>, the quick start and the tests all start this one.</summary>
public static class DecodingHost
{
    /// <summary>Builds the host, not yet listening. Backbones are called when they are first needed, so they may start later.</summary>
    /// <param name="args">Command-line configuration, such as <c>--Decoding:Backbones:emotion:Address=http://127.0.0.1:50052</c>.</param>
    /// <returns>The host.</returns>
    /// <exception cref="StartupException">The configuration is wrong.</exception>
    public static WebApplication Build(string[] args) => Build(args, null);

    /// <summary>The same, with a last word on logging and services before the host is built.</summary>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.QuietFramework();
        var file = new ConfigFile(builder.Configuration);
        var options = DecodingOptionsReader.Read(builder.Configuration);
        builder.AddStrataDefaults(
            ListenAddress.Parse(options.Listen, $"{DecodingOptions.Section}:{nameof(options.Listen)}"),
            options.HttpListen.Length == 0 ? null : ListenAddress.Parse(options.HttpListen, $"{DecodingOptions.Section}:{nameof(options.HttpListen)}"),
            StatusMapping.Map,
            DecodingService.Descriptor);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(file);
        builder.Services.AddSingleton<BackboneDirectory>();
        builder.Services.AddHostedService<BackboneReload>();
        builder.Services.AddSingleton<LabelBinder>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => ContextStore.Open(options.Contexts, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ContextStore>>()));
        builder.Services.AddSingleton<DecodingMeter>();
        builder.Services.AddSingleton<ContextMemory>();
        builder.Services.AddSingleton<ContextDirectory>();
        builder.Services.AddSingleton<ContextTransfer>();
        builder.Services.AddSingleton<EphemeralContexts>();
        builder.Services.AddSingleton<ContextEvaluator>();
        builder.Services.AddHostedService<ContextSweeper>();
        builder.Services.AddSingleton<DecodePlanner>();
        builder.Services.AddSingleton<BatchDecoder>();
        builder.Services.AddSingleton<Explainer>();
        builder.Services.AddSingleton<DecodingRpc>();
        configure?.Invoke(builder);

        var app = builder.Build();
        // Opened now, so that a folder that cannot be used is told before the host listens.
        _ = app.Services.GetRequiredService<ContextStore>();
        app.MapStrataDefaults(binder => DecodingService.BindService(binder, app.Services.GetRequiredService<DecodingRpc>()), DecodingService.Descriptor);
        app.MapGrpcService<DecodingRpc>();
        return app;
    }
}
