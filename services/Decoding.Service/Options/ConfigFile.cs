using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service.Options;

/// <summary>The file of <see cref="DecodingOptions.ConfigFile"/> as a source of configuration that follows its changes.</summary>
internal static class ConfigFile
{
    /// <exception cref="StartupException">The file is missing or no JSON object.</exception>
    public static void Add(IConfigurationManager configuration)
    {
        const string key = $"{DecodingOptions.Section}:{nameof(DecodingOptions.ConfigFile)}";
        if (configuration[key] is not { Length: > 0 } named)
        {
            return;
        }

        var path = Path.GetFullPath(named);
        if (!File.Exists(path))
        {
            throw new StartupException($"{key} names {path}, which does not exist; make the file or leave the option out.");
        }

        var started = false;
        var source = new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(path)!),
            Path = Path.GetFileName(path),
            ReloadOnChange = true,
            // Half-written or broken later: the section reads as empty, which BackboneReload refuses.
            OnLoadException = context => context.Ignore = started,
        };
        try
        {
            configuration.Sources.Insert(IndexBelowEnvironment(configuration.Sources), source);
        }
        catch (InvalidDataException failure)
        {
            throw new StartupException($"{key}: {path} is no JSON object: {failure.InnerException?.Message ?? failure.Message}", failure);
        }

        started = true;
    }

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
}
