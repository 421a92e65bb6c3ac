using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service.Options;

/// <summary>The file of <see cref="DecodingOptions.ConfigFile"/> as a source of configuration that follows its changes.</summary>
internal sealed class ConfigFile
{
    private readonly string? _path;
    private volatile string? _broken;

    /// <summary>Adds the file, if one is named.</summary>
    /// <exception cref="StartupException">The file is missing or no JSON object.</exception>
    public ConfigFile(IConfigurationManager configuration)
    {
        const string key = $"{DecodingOptions.Section}:{nameof(DecodingOptions.ConfigFile)}";
        if (configuration[key] is not { Length: > 0 } named)
        {
            return;
        }

        _path = Path.GetFullPath(named);
        if (!File.Exists(_path))
        {
            throw new StartupException($"{key} names {_path}, which does not exist; make the file or leave the option out.");
        }

        var started = false;
        var source = new FollowedSource(this)
        {
            FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(_path)!, ExclusionFilters.None),
            Path = Path.GetFileName(_path),
            ReloadOnChange = true,
            OnLoadException = context => context.Ignore = started,
        };
        try
        {
            configuration.Sources.Insert(IndexBelowEnvironment(configuration.Sources), source);
        }
        catch (InvalidDataException failure)
        {
            throw new StartupException($"{key}: {_path} is no JSON object: {failure.InnerException?.Message ?? failure.Message}", failure);
        }

        started = true;
    }

    /// <summary>Why the file cannot be read now: half-written, broken, deleted. The configuration then lacks all that it said, and what the
    /// environment and the command line say is left. Null if it was read, or none is named.</summary>
    public string? Damage => _path is null ? null : !File.Exists(_path) ? $"{_path} does not exist." : _broken is { } broken ? $"{_path} is no JSON object: {broken}" : null;

    private static int IndexBelowEnvironment(IList<IConfigurationSource> sources)
    {
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource)
            {
                return i;
            }
        }

        return 0;
    }

    private sealed class FollowedSource(ConfigFile file) : JsonConfigurationSource
    {
        public override IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            EnsureDefaults(builder);
            return new Provider(this, file);
        }
    }

    private sealed class Provider(JsonConfigurationSource source, ConfigFile file) : JsonConfigurationProvider(source)
    {
        public override void Load(Stream stream)
        {
            try
            {
                base.Load(stream);
                file._broken = null;
            }
            catch (Exception failure)
            {
                file._broken = failure.InnerException?.Message ?? failure.Message;
                throw;
            }
        }
    }
}
