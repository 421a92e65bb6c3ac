using System.Runtime.InteropServices;
using Strata.Services.Tests;

namespace Strata.Conformance.Tests.Servers;

/// <summary>A model folder whose config.json is a pipe: whoever loads it waits until <see cref="Release"/>.</summary>
internal sealed partial class HangingModel : IDisposable
{
    public const string Name = "hanging";

    private const uint OwnerOnly = 0b110_000_000;

    private readonly string _pipe;

    public HangingModel()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, Name)).FullName;
        File.Copy(Path.Combine(Repository.Golden("gpt2-tiny"), "model.onnx"), Path.Combine(folder, "model.onnx"));
        _pipe = Path.Combine(folder, "config.json");
        Assert.Equal(0, MakePipe(_pipe, OwnerOnly));
    }

    /// <summary>The folder that holds the model's.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("strata-hanging-").FullName;

    /// <summary>Lets the reader see an empty file.</summary>
    // A pipe opened for both does not wait for the other end.
    public void Release() => File.Open(_pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();

    public void Dispose() => Directory.Delete(Root, recursive: true);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
