using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

namespace Strata.Platform.Tests.Surface;

public sealed class OfficialAssemblyTests
{
    private static readonly Assembly CoreApi = typeof(Status).Assembly;
    private static readonly Assembly Common = typeof(ICompressionProvider).Assembly;

    public static TheoryData<string> Official => [Name(typeof(GrpcChannel)), Name(typeof(GrpcServiceOptions))];

    public static TheoryData<string> StandIns => ["Grpc.Core.Api", "Grpc.Net.Common"];

    [Theory]
    [MemberData(nameof(Official))]
    public void OfficialAssembly_EveryReference_IsFound(string official)
    {
        using var referring = new AssemblyImage(Assembly.Load(official));
        using var coreApi = new AssemblyImage(CoreApi);
        using var common = new AssemblyImage(Common);
        using var server = new AssemblyImage(typeof(GrpcServiceOptions).Assembly);
        using var client = new AssemblyImage(typeof(GrpcChannel).Assembly);
        var resolver = new SurfaceResolver().Add(coreApi.Reader).Add(common.Reader).Add(server.Reader).Add(client.Reader);

        var report = resolver.Resolve(referring.Reader);

        Assert.Empty(report.Unresolved);
        Assert.True(report.Resolved.Count > 100, $"Only {report.Resolved.Count} references: the resolver looked past the rest.");
    }

    // The runtime itself checks here that no abstract or interface member is left without an implementation.
    [Theory]
    [MemberData(nameof(Official))]
    public void OfficialAssembly_EveryType_Loads(string official) => Assert.NotEmpty(Assembly.Load(official).GetTypes());

    [Theory]
    [MemberData(nameof(Official))]
    public void OfficialAssembly_ReferencedIdentity_IsTheStandIns(string official)
    {
        var references = Assembly.Load(official).GetReferencedAssemblies();

        foreach (var standIn in new[] { CoreApi.GetName(), Common.GetName() })
        {
            var reference = Assert.Single(references, reference => reference.Name == standIn.Name);
            Assert.Equal(standIn.Version, reference.Version);
            Assert.Equal(standIn.GetPublicKeyToken(), reference.GetPublicKeyToken());
            Assert.NotEmpty(reference.GetPublicKeyToken()!);
        }
    }

    [Theory]
    [MemberData(nameof(StandIns))]
    public void StandIn_Identity_IsThatOfTheOfficialClient(string standIn)
    {
        var assembly = Assembly.Load(standIn);
        var client = typeof(GrpcChannel).Assembly;

        Assert.Equal(client.GetName().GetPublicKey(), assembly.GetName().GetPublicKey());
        Assert.Equal(client.GetName().Version, assembly.GetName().Version);
        Assert.Equal(
            client.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version.Split('.')[..2],
            assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version.Split('.')[..2]);
        Assert.Equal("2.85.0", assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
    }

    private static string Name(Type type) => type.Assembly.GetName().Name!;
}
