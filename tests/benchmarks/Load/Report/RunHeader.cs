using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Strata.Benchmarks.Load.Report;

/// <summary>Where figures come from: without it they mean nothing.</summary>
internal sealed record RunHeader
{
    public required string Date { get; init; }

    /// <summary>Commit, with "and changes" where the working tree differed.</summary>
    public required string Commit { get; init; }

    public required string Cpu { get; init; }

    /// <summary>Logical processors that this process sees.</summary>
    public required int Cores { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Sdk { get; init; }

    public required string Runtime { get; init; }

    public required string OnnxRuntime { get; init; }

    /// <summary>Fingerprints by model name.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    public required string CommandLine { get; init; }

    public required double Minutes { get; init; }

    public static RunHeader Collect(string[] arguments, IReadOnlyDictionary<string, string> models, TimeSpan duration) => new()
    {
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        Commit = Output("git", "rev-parse HEAD") + (Output("git", "status --porcelain --untracked-files=no").Length > 0 ? " and changes" : ""),
        Cpu = CpuName(),
        Cores = Environment.ProcessorCount,
        OperatingSystem = RuntimeInformation.OSDescription,
        Sdk = Output("dotnet", "--version"),
        Runtime = RuntimeInformation.FrameworkDescription,
        OnnxRuntime = OrtEnv.Instance().GetVersionString(),
        Models = models,
        CommandLine = $"dotnet run --project tests/benchmarks/Load -c Release -- {string.Join(' ', arguments)}".TrimEnd(' ', '-'),
        Minutes = duration.TotalMinutes,
    };

    public IEnumerable<(string Name, string Value)> Lines() =>
    [
        ("date", Date), ("commit", Commit), ("CPU", $"{Cpu}, {Cores} logical processors"), ("system", OperatingSystem), (".NET SDK", Sdk),
        ("runtime", Runtime), ("ONNX Runtime", OnnxRuntime), .. Models.Select(model => ($"model {model.Key}", model.Value)),
        ("command", CommandLine), ("took", FormattableString.Invariant($"{Minutes:0.0} minutes")),
    ];

    private static string CpuName() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>First line of a command's output, or "unknown": a missing tool must not cost the figures.</summary>
    private static string Output(string command, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
            })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text.Split('\n')[0].Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
