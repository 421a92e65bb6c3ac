using System.Diagnostics;
using System.Text.Json;
using Strata.Services.Tests;

namespace Strata.Cli.Tests.Bench;

/// <summary><c>strata bench</c> as a process of its own.</summary>
internal static class BenchProcess
{
    /// <summary>Output of the command line, of the configuration that these tests were built in.</summary>
    private static string Program
    {
        get
        {
            var mine = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
            return Path.Combine(Repository.Root, "clients", "csharp", "Strata.Cli", "bin", mine.Parent!.Name, mine.Name, "strata.dll");
        }
    }

    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "bench", .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("STRATA_API_KEY");
        return Process.Start(start)!;
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await EndAsync(process);
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The report of a run that ends with exit code 0.</summary>
    public static async Task<JsonElement> ReportAsync(params string[] args)
    {
        var (exitCode, output, error) = await RunAsync([.. args, "--json"]);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {error}");
        return JsonDocument.Parse(output).RootElement;
    }
}
