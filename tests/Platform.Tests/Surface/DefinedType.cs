using System.Reflection;
using System.Reflection.Metadata;

namespace Strata.Platform.Tests.Surface;

/// <summary>A type that other assemblies can see, with the members that they can see.</summary>
internal sealed class DefinedType
{
    private const MethodAttributes Access = MethodAttributes.MemberAccessMask;
    private readonly MetadataReader reader;
    private readonly TypeDefinition type;

    internal DefinedType(MetadataReader reader, TypeDefinition type)
    {
        this.reader = reader;
        this.type = type;
    }

    /// <summary>Base type, where it is defined in the same assembly and not generic.</summary>
    internal DefinedType? Base => !type.BaseType.IsNil && type.BaseType.Kind == HandleKind.TypeDefinition
        ? new DefinedType(reader, reader.GetTypeDefinition((TypeDefinitionHandle)type.BaseType))
        : null;

    /// <summary>Whether the type, or a base of it, has this public or protected member.</summary>
    internal bool Has(string member) => Members().Contains(member) || (Base?.Has(member) ?? false);

    /// <summary>Whether the type, or a base of it, has this member and a derived class may override it.</summary>
    internal bool HasOverridable(string member) =>
        Methods().Any(method => method.Attributes.HasFlag(MethodAttributes.Virtual)
            && !method.Attributes.HasFlag(MethodAttributes.Final)
            && Text(method) == member)
        || (Base?.HasOverridable(member) ?? false);

    private IEnumerable<string> Members() => Methods().Select(Text).Concat(Fields());

    private IEnumerable<MethodDefinition> Methods() => type.GetMethods()
        .Select(reader.GetMethodDefinition)
        .Where(method => (method.Attributes & Access) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem);

    private IEnumerable<string> Fields() => type.GetFields()
        .Select(reader.GetFieldDefinition)
        .Where(field => (field.Attributes & FieldAttributes.FieldAccessMask)
            is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
        .Select(field => TypeNames.Field(reader.GetString(field.Name), field.DecodeSignature(TypeNames.Instance, null)));

    private string Text(MethodDefinition method) =>
        TypeNames.Method(reader.GetString(method.Name), method.DecodeSignature(TypeNames.Instance, null));
}
