using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service.Options;

/// <summary>Reads the options from the configuration and checks them, at start and whenever it changes.</summary>
internal static class DecodingOptionsReader
{
    /// <exception cref="StartupException">Says what is wrong and what to write instead.</exception>
    public static DecodingOptions Read(IConfiguration configuration)
    {
        var options = StartupOptions.Read<DecodingOptions>(configuration, DecodingOptions.Section);
        StartupOptions.Validate(options.Contexts, $"{DecodingOptions.Section}:{nameof(options.Contexts)}");
        CheckBackbones(options);
        return options;
    }

    private static void CheckBackbones(DecodingOptions options)
    {
        foreach (var (name, endpoint) in options.Backbones)
        {
            if (!Uri.TryCreate(endpoint.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                throw new StartupException($"Decoding:Backbones:{name}:Address is \"{endpoint.Address}\"; it must be an address such as http://127.0.0.1:50052.");
            }

            StartupOptions.Validate(endpoint, $"{DecodingOptions.Section}:{nameof(options.Backbones)}:{name}");
        }

        if (options.DefaultBackbone.Length > 0 && !options.Backbones.ContainsKey(options.DefaultBackbone))
        {
            throw new StartupException($"Decoding:DefaultBackbone is \"{options.DefaultBackbone}\"; configured are {string.Join(", ", options.Backbones.Keys)}.");
        }
    }
}
