using Grpc.Core;

namespace Strata.Platform.Tests.Surface;

public sealed class SurfaceResolverTests
{
    [Theory]
    [InlineData("Metadata", true)]
    [InlineData("MetadataInvented", false)]
    [InlineData("CallState", false)] // internal
    public void Type_Referred_IsFoundWhereItIsPublic(string type, bool isFound)
    {
        using var referring = ReferringAssembly.ToType(type);

        AssertFound(isFound, referring);
    }

    [Theory]
    [InlineData("IMethod", "get_Name", true, true, 0, true)]
    [InlineData("IMethod", "get_Invented", true, true, 0, false)]
    [InlineData("IMethod", "get_Name", true, false, 0, false)] // return type
    [InlineData("IMethod", "get_Name", false, true, 0, false)] // static
    [InlineData("IMethod", "get_Name", true, true, 1, false)] // generic
    [InlineData("ServiceBinderBase", ".ctor", true, false, 0, true)]
    [InlineData("SslCredentials", "get_RootCertificates", true, true, 0, true)]
    [InlineData("SslCredentials", "get_IsComposable", true, false, 0, false)] // internal
    [InlineData("MetadataInvented", "get_Name", true, true, 0, false)]
    public void Method_Referred_IsFoundWhereTheWholeSignatureIs(
        string type, string name, bool isInstance, bool returnsText, int genericParameters, bool isFound)
    {
        using var referring = ReferringAssembly.ToMethod(type, name, isInstance, returnsText, genericParameters);

        AssertFound(isFound, referring);
    }

    [Theory]
    [InlineData("SerializationContext", "Complete", false, true)]
    [InlineData("SerializationContext", "Complete", true, false)] // return type
    [InlineData("SerializationContext", "Invented", false, false)]
    [InlineData("ServerCallContext", "get_HostCore", true, true)]
    [InlineData("ServerCallContext", "get_Host", true, false)] // not virtual
    public void Override_Declared_IsFoundWhereTheBaseHasTheSlot(string baseType, string name, bool returnsText, bool isFound)
    {
        using var referring = ReferringAssembly.ToOverride(baseType, name, returnsText);

        AssertFound(isFound, referring);
    }

    private static void AssertFound(bool isFound, ReferringAssembly referring)
    {
        using var coreApi = new AssemblyImage(typeof(Status).Assembly);

        var report = new SurfaceResolver().Add(coreApi.Reader).Resolve(referring.Reader);

        Assert.NotEmpty(report.Resolved.Concat(report.Unresolved));
        Assert.Equal(isFound, report.Unresolved.Count == 0);
    }
}
