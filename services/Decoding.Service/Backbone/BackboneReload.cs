using Microsoft.Extensions.Primitives;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service.Backbone;

/// <summary>Takes over the backbones of a changed configuration. One that is wrong changes nothing.</summary>
internal sealed partial class BackboneReload(IConfiguration configuration, ConfigFile file, BackboneDirectory backbones, ILogger<BackboneReload> log) : IHostedService
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }

    private void Reload()
    {
        if (file.Damage is { } damage)
        {
            Refused(damage);
            return;
        }

        try
        {
            if (backbones.Change(DecodingOptionsReader.Read(configuration)))
            {
                Changed(string.Join(", ", backbones.Current.All.Select(backbone => $"{backbone.Name} at {backbone.Address}")));
            }
        }
        catch (StartupException refused)
        {
            Refused(refused.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Backbones are now {Backbones}; calls that began before finish where they began.")]
    private partial void Changed(string backbones);

    [LoggerMessage(LogLevel.Error, "The changed configuration is not taken over, the backbones stay as they are: {Why}")]
    private partial void Refused(string why);
}
