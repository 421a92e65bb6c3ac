using Strata.Conformance.Tests.Clients;

namespace Strata.Deploy.Tests.Containers;

/// <summary>What the Dockerfiles build, made by their own RUN lines on this machine; shared by all tests.</summary>
public sealed class PublishedImages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "images")).FullName;

    /// <summary>Folder that stands for the image's /app.</summary>
    internal string AppOf(string service) => Path.Combine(_folder, service);

    public async ValueTask InitializeAsync()
    {
        foreach (var (service, target) in new[] { ("Backbone.Service", "build"), ("Decoding.Service", "build") })
        {
            foreach (var run in Dockerfile.Of(service).Target(target).Of("RUN"))
            {
                await RunAsync(service, run.Arguments);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(string service, string command)
    {
        // Its packages are this machine's business.
        if (command.StartsWith("apt-get ", StringComparison.Ordinal))
        {
            return;
        }

        // One folder of the image for each service: /app is what the final stage copies.
        var here = command.Replace("-o /app", $"-o \"{AppOf(service)}\"", StringComparison.Ordinal).Replace(" /data", $" \"{_folder}/data\"", StringComparison.Ordinal);
        var (exitCode, output) = await ProgramRun.RunAsync("sh", "-c", $"cd \"{Repository.Root}\" && {here}");
        Assert.True(exitCode == 0, $"{here}\n{output}");
    }
}
