using System.Diagnostics;

namespace Strata.Deploy.Tests.Containers;

/// <summary>A service started as its image and docker-compose.yml say: entry point, environment, user, mounts; only ports are free ones.</summary>
internal sealed class ContainerProcess : IDisposable
{
    // Far above what a start takes on a busy machine; only a broken service meets it.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Func<string[], ProcessStartInfo> _start;
    private readonly string[] _entryPoint;

    private ContainerProcess(Func<string[], ProcessStartInfo> start, string[] entryPoint)
    {
        (_start, _entryPoint) = (start, entryPoint);
        _process = Process.Start(start(entryPoint))!;
        _output = ReadAsync(_process);
    }

    public int Id => _process.Id;

    /// <param name="stage">The image's last stage.</param>
    /// <param name="folders">What stands for /app and the volumes: folder, name and whether it may be written to.</param>
    /// <param name="environment">Replaces the image's where both set a name. Nothing of this process' own environment gets in.</param>
    public static async Task<ContainerProcess> StartAsync(Stage stage, IReadOnlyList<(string Folder, string Name, bool Writable)> folders, IReadOnlyDictionary<string, string> environment)
    {
        var confined = await Confinement.IsPossibleAsync();
        var all = stage.Environment.Concat(environment).GroupBy(pair => pair.Key).ToDictionary(
            group => group.Key,
            group => folders.Aggregate(group.Last().Value, (value, folder) => Move(value, folder.Name, confined ? Confinement.Inside(folder.Name) : folder.Folder)));
        var user = stage.Of("USER").Single().Arguments;
        return new ContainerProcess(command => StartInfo(confined ? Confinement.Wrap(user, folders, command) : command, folders.Single(folder => folder.Name == "app").Folder, all), stage.Of("ENTRYPOINT").Single().Exec!);
    }

    /// <summary>Asks the program itself, as the image's HEALTHCHECK does, until it says that it serves.</summary>
    public async Task WaitUntilHealthyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        string answer;
        do
        {
            Assert.False(_process.HasExited, _process.HasExited ? $"exit code {_process.ExitCode}: {await _output}" : "");
            using var probe = Process.Start(_start([.. _entryPoint, "--healthcheck"]))!;
            answer = await ReadAsync(probe);
            await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (probe.ExitCode == 0)
            {
                return;
            }

            Assert.Equal(1, probe.ExitCode);
        }
        while (Stopwatch.GetElapsedTime(started) < _limit);
        Assert.Fail($"Not healthy after {_limit}: {answer}");
    }

    /// <summary>Stops it as an engine does, with SIGTERM.</summary>
    /// <returns>Exit code and all that it printed.</returns>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    /// <summary>"/data/contexts" below where data lies here.</summary>
    private static string Move(string value, string name, string to) => value == $"/{name}" || value.StartsWith($"/{name}/", StringComparison.Ordinal) ? to + value[(name.Length + 1)..] : value;

    private static ProcessStartInfo StartInfo(string[] command, string workingFolder, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingFolder };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<string> ReadAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        return await output + await error;
    }
}
