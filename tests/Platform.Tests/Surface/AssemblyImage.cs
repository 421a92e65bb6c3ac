using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Strata.Platform.Tests.Surface;

/// <summary>Metadata of an assembly file, read without loading it.</summary>
internal sealed class AssemblyImage : IDisposable
{
    private readonly PEReader image;

    internal AssemblyImage(Assembly assembly)
    {
        image = new PEReader(File.OpenRead(assembly.Location));
        Reader = image.GetMetadataReader();
    }

    internal MetadataReader Reader { get; }

    public void Dispose() => image.Dispose();
}
