using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Strata.Platform.Tests.Surface;

/// <summary>An assembly in memory that refers to one type or method of Grpc.Core.Api, existing or invented.</summary>
internal sealed class ReferringAssembly : IDisposable
{
    private readonly MetadataReaderProvider provider;

    private ReferringAssembly(MetadataBuilder metadata)
    {
        var image = new BlobBuilder();
        new MetadataRootBuilder(metadata).Serialize(image, 0, 0);
        provider = MetadataReaderProvider.FromMetadataImage(image.ToImmutableArray());
    }

    internal MetadataReader Reader => provider.GetMetadataReader();

    /// <summary>Refers to a type.</summary>
    internal static ReferringAssembly ToType(string name)
    {
        var metadata = NewMetadata();
        AddTypeReference(metadata, name);
        return new ReferringAssembly(metadata);
    }

    /// <summary>Refers to a parameterless method that returns text or nothing.</summary>
    internal static ReferringAssembly ToMethod(string type, string name, bool isInstance, bool returnsText, int genericParameters = 0)
    {
        var metadata = NewMetadata();
        metadata.AddMemberReference(
            AddTypeReference(metadata, type),
            metadata.GetOrAddString(name),
            metadata.GetOrAddBlob(Signature(isInstance, returnsText, genericParameters)));
        return new ReferringAssembly(metadata);
    }

    /// <summary>Has a class that overrides a parameterless method that returns text or nothing.</summary>
    internal static ReferringAssembly ToOverride(string baseType, string name, bool returnsText)
    {
        var metadata = NewMetadata();
        var method = metadata.AddMethodDefinition(
            MethodAttributes.Public | MethodAttributes.Virtual,
            MethodImplAttributes.IL,
            metadata.GetOrAddString(name),
            metadata.GetOrAddBlob(Signature(isInstance: true, returnsText, 0)),
            bodyOffset: -1,
            MetadataTokens.ParameterHandle(1));
        metadata.AddTypeDefinition(
            TypeAttributes.Public,
            metadata.GetOrAddString("Invented"),
            metadata.GetOrAddString("Derived"),
            AddTypeReference(metadata, baseType),
            MetadataTokens.FieldDefinitionHandle(1),
            method);
        return new ReferringAssembly(metadata);
    }

    public void Dispose() => provider.Dispose();

    private static MetadataBuilder NewMetadata()
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Referring.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Referring"), new Version(1, 0), default, default, default, AssemblyHashAlgorithm.None);
        return metadata;
    }

    private static TypeReferenceHandle AddTypeReference(MetadataBuilder metadata, string name) => metadata.AddTypeReference(
        metadata.AddAssemblyReference(
            metadata.GetOrAddString("Grpc.Core.Api"), new Version(2, 0, 0, 0), default, default, default, default),
        metadata.GetOrAddString("Grpc.Core"),
        metadata.GetOrAddString(name));

    private static BlobBuilder Signature(bool isInstance, bool returnsText, int genericParameters)
    {
        var signature = new BlobBuilder();
        new BlobEncoder(signature)
            .MethodSignature(genericParameterCount: genericParameters, isInstanceMethod: isInstance)
            .Parameters(0, result => Return(result, returnsText), parameters => { });
        return signature;
    }

    private static void Return(ReturnTypeEncoder result, bool returnsText)
    {
        if (returnsText)
        {
            result.Type().String();
        }
        else
        {
            result.Void();
        }
    }
}
