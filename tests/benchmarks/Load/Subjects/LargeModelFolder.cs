using System.ComponentModel;
using System.Diagnostics;

namespace Strata.Benchmarks.Load.Subjects;

/// <summary>The folder of the GPT-2-small-sized model: given, or made by make_gpt2_small.py and deleted afterwards.</summary>
internal sealed class LargeModelFolder : IDisposable
{
    private readonly bool _isOurs;

    private LargeModelFolder(string path, bool isOurs) => (Path, _isOurs) = (path, isOurs);

    public string Path { get; }

    /// <exception cref="InvalidOperationException">The script cannot be run, or failed.</exception>
    public static async Task<LargeModelFolder> OpenAsync(string? given, string python, CancellationToken cancellation)
    {
        if (given is not null)
        {
            return new LargeModelFolder(given, isOurs: false);
        }

        var folder = new LargeModelFolder(Directory.CreateTempSubdirectory("strata-gpt2-small-").FullName, isOurs: true);
        try
        {
            await MakeAsync(folder.Path, python, cancellation);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_isOurs)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static async Task MakeAsync(string folder, string python, CancellationToken cancellation)
    {
        const string advice = "Install python3-torch and name its interpreter with --python, give a folder with --large-model, or leave the large model out with --no-large.";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, [System.IO.Path.Combine(AppContext.BaseDirectory, "make_gpt2_small.py"), folder]))!;
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"make_gpt2_small.py ended with {process.ExitCode}. {advice}");
            }
        }
        catch (Win32Exception failure)
        {
            throw new InvalidOperationException($"\"{python}\" cannot be started: {failure.Message}. {advice}", failure);
        }
    }
}
