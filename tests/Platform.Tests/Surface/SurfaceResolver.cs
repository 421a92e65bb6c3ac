using System.Reflection;
using System.Reflection.Metadata;

namespace Strata.Platform.Tests.Surface;

/// <summary>Looks up what an assembly refers to in the assemblies that are there, as the runtime would, but all of it at once.</summary>
internal sealed class SurfaceResolver
{
    private readonly Dictionary<string, Dictionary<string, DefinedType>> assemblies = new(StringComparer.Ordinal);

    /// <summary>Adds an assembly in which references are looked up.</summary>
    internal SurfaceResolver Add(MetadataReader reader)
    {
        var types = reader.TypeDefinitions
            .Where(handle => IsVisible(reader, handle))
            .ToDictionary(
                handle => TypeNames.Instance.GetTypeFromDefinition(reader, handle, 0),
                handle => new DefinedType(reader, reader.GetTypeDefinition(handle)));
        assemblies.Add(reader.GetString(reader.GetAssemblyDefinition().Name), types);
        return this;
    }

    /// <summary>References of an assembly to the added assemblies: types, members, and members that it overrides.</summary>
    internal SurfaceReport Resolve(MetadataReader reader)
    {
        var report = new SurfaceReport();
        foreach (var type in reader.TypeReferences.Where(handle => AssemblyOf(reader, handle) is not null))
        {
            report.Add(TypeName(reader, type), Find(reader, type) is not null);
        }

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (AssemblyOf(reader, member.Parent) is not null)
            {
                var text = Text(reader, member);
                report.Add($"{TypeName(reader, member.Parent)} :: {text}", Find(reader, member.Parent)?.Has(text) ?? false);
            }
        }

        foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            ResolveOverrides(reader, type, report);
        }

        return report;
    }

    private void ResolveOverrides(MetadataReader reader, TypeDefinition type, SurfaceReport report)
    {
        if (type.BaseType.IsNil || AssemblyOf(reader, type.BaseType) is null)
        {
            return;
        }

        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(IsOverride))
        {
            var text = TypeNames.Method(reader.GetString(method.Name), method.DecodeSignature(TypeNames.Instance, null));
            if (!IsOfObject(text))
            {
                report.Add(
                    $"{TypeName(reader, type.BaseType)} :: override {text}",
                    Find(reader, type.BaseType)?.HasOverridable(text) ?? false);
            }
        }
    }

    private DefinedType? Find(MetadataReader reader, EntityHandle type) =>
        assemblies[AssemblyOf(reader, type)!].GetValueOrDefault(DefinitionName(reader, type));

    /// <summary>The added assembly that a reference points to, or null where it points elsewhere.</summary>
    private string? AssemblyOf(MetadataReader reader, EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeSpecification:
                return GenericDefinition(reader, type) is { } definition ? AssemblyOf(reader, definition) : null;
            case HandleKind.TypeReference:
                var scope = reader.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
                if (scope.Kind == HandleKind.TypeReference)
                {
                    return AssemblyOf(reader, scope);
                }

                var name = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
                return assemblies.ContainsKey(name) ? name : null;
            default:
                return null;
        }
    }

    private static EntityHandle? GenericDefinition(MetadataReader reader, EntityHandle specification)
    {
        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)specification).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadCompressedInteger(); // class or value type
        return signature.ReadTypeHandle();
    }

    private static string DefinitionName(MetadataReader reader, EntityHandle type) => TypeName(
        reader, type.Kind == HandleKind.TypeSpecification ? GenericDefinition(reader, type)!.Value : type);

    private static string TypeName(MetadataReader reader, EntityHandle type) => type.Kind == HandleKind.TypeSpecification
        ? TypeNames.Instance.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)type, 0)
        : TypeNames.Instance.GetTypeFromReference(reader, (TypeReferenceHandle)type, 0);

    private static string Text(MetadataReader reader, MemberReference member) => member.GetKind() == MemberReferenceKind.Method
        ? TypeNames.Method(reader.GetString(member.Name), member.DecodeMethodSignature(TypeNames.Instance, null))
        : TypeNames.Field(reader.GetString(member.Name), member.DecodeFieldSignature(TypeNames.Instance, null));

    private static bool IsOverride(MethodDefinition method) => method.Attributes.HasFlag(MethodAttributes.Virtual)
        && !method.Attributes.HasFlag(MethodAttributes.NewSlot);

    private static bool IsOfObject(string method) => method is "instance String ToString`0()"
        or "instance Int32 GetHashCode`0()" or "instance Boolean Equals`0(Object)" or "instance Void Finalize`0()";

    private static bool IsVisible(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
                IsVisible(reader, type.GetDeclaringType()),
            _ => false,
        };
    }
}
