using System.Reflection;

namespace Strata.Services.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md, read from what the assemblies reference.</summary>
public sealed class ArrowTests
{
    private static readonly Assembly _backbone = typeof(Strata.Backbone.BackboneException).Assembly;
    private static readonly Assembly _decoding = typeof(Strata.Decoding.DecodingException).Assembly;
    private static readonly Assembly _backboneService = typeof(Strata.Backbone.Service.BackboneHost).Assembly;
    private static readonly Assembly _decodingService = typeof(Strata.Decoding.Service.DecodingHost).Assembly;
    private static readonly Assembly _defaults = typeof(Strata.ServiceDefaults.Hosting.StrataWebHost).Assembly;
    private static readonly Assembly _contracts = typeof(Strata.Contracts.Decoding.V1.DecodeRequest).Assembly;

    [Fact]
    public void Decoding_References_OnlyTensors() =>
        Assert.Equal(["System.Numerics.Tensors"], Outside(_decoding));

    [Fact]
    public void Backbone_References_OnlyLeasesOnnxRuntimeProtobufAndTensors() =>
        Assert.Empty(Outside(_backbone).Except(["Strata.Leases", "Microsoft.ML.OnnxRuntime", "Google.Protobuf", "System.Numerics.Tensors"]));

    [Fact]
    public void Leases_References_Nothing() => Assert.Empty(Outside(typeof(Strata.Leases.LeaseCount).Assembly));

    [Fact]
    public void BackboneService_References_ItsLibraryAndNotDecoding()
    {
        var references = Outside(_backboneService);
        Assert.Contains("Strata.Backbone", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Strata.Decoding", StringComparison.Ordinal));
    }

    [Fact]
    public void DecodingService_References_ItsLibraryAndNotBackboneNorOnnx()
    {
        var references = Outside(_decodingService);
        Assert.Contains("Strata.Decoding", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Strata.Backbone", StringComparison.Ordinal) || name.Contains("OnnxRuntime", StringComparison.Ordinal));
    }

    [Fact]
    public void ServiceDefaults_References_NeitherService() =>
        Assert.DoesNotContain(Outside(_defaults), name => name.StartsWith("Strata.Backbone", StringComparison.Ordinal) || name.StartsWith("Strata.Decoding", StringComparison.Ordinal));

    [Fact]
    public void Contracts_References_OnlyProtobufAndGrpc() =>
        Assert.Empty(Outside(_contracts).Except(["Google.Protobuf", "Grpc.Core.Api"]));

    // System.Numerics.Tensors is the one System assembly that is a package.
    private static string[] Outside(Assembly assembly) => [.. assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!)
        .Where(name => name == "System.Numerics.Tensors" || !(name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)))
        .Order(StringComparer.Ordinal)];
}
