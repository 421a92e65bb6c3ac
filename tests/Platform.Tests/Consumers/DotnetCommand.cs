using System.Diagnostics;

namespace Strata.Platform.Tests.Consumers;

/// <summary>Runs the dotnet command in the repository.</summary>
internal static class DotnetCommand
{
    /// <summary>Root of the repository, found upwards from the test assembly.</summary>
    internal static string RepositoryRoot { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Starts the command with its output redirected.</summary>
    internal static Process Start(params string[] arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments)
        {
            WorkingDirectory = RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"'{dotnet}' did not start.");
    }

    private static string FindRoot(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Microservices.sln"))
        ? folder.FullName
        : FindRoot(folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository."));
}
