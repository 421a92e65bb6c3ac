using System.Diagnostics;
using System.Text;

namespace Strata.Cli.Tests;

/// <summary>The real program, started as a shell would.</summary>
internal static class StrataProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="environment">Variables on top of this process's.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        IEnumerable<string> arguments, string input = "", params (string Name, string Value)[] environment)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts it; the caller ends it.</summary>
    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "strata.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>What Ctrl-C sends.</summary>
    public static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
