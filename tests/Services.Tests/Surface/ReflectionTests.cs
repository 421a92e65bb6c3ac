using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Surface;

/// <summary>Server reflection as grpcurl and ghz use it: enough to call the services without proto files.</summary>
[Collection(PairCollection.Name)]
public sealed class ReflectionTests(PairFixture pair)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListServices_Decoding_NamesAllServices()
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*", Host = "h" });
        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "strata.decoding.v1.DecodingService"],
            answer.ListServicesResponse.Service.Select(service => service.Name));
        Assert.Equal("h", answer.ValidHost);
    }

    [Theory]
    [InlineData("strata.decoding.v1.DecodingService")]
    [InlineData("strata.decoding.v1.DecodingService.Decode")]
    [InlineData("strata.decoding.v1.DecodeResponse.result")]
    [InlineData("strata.decoding.v1.METHOD_PLAIN")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("google.rpc.Status")]
    public async Task FileContainingSymbol_KnownSymbol_GivesFilesThatBuild(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var files = answer.FileDescriptorResponse.FileDescriptorProto;
        var built = FileDescriptor.BuildFromByteStrings(files.Reverse().OrderBy(Depth).ToArray());
        Assert.Equal(files.Count, built.Count);

        int Depth(ByteString file) => Imports(FileDescriptorProto.Parser.ParseFrom(file).Name);
        int Imports(string name) => files.Select(FileDescriptorProto.Parser.ParseFrom).Single(file => file.Name == name).Dependency.Select(Imports).Append(-1).Max() + 1;
    }

    [Fact]
    public async Task FileByFilename_KnownFile_ComesFirst()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = "strata/decoding/v1/decode.proto" });
        Assert.Equal("strata/decoding/v1/decode.proto", FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Name);
    }

    [Fact]
    public async Task UnknownOrEmptyRequest_GetsAnErrorAndTheStreamGoesOn()
    {
        using var channel = GrpcChannel.ForAddress(pair.DecodingAddress);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        ServerReflectionRequest[] wrong =
        [
            new() { FileContainingSymbol = "no.Such" },
            new() { FileByFilename = "no.proto" },
            new() { AllExtensionNumbersOfType = "no.Such" },
            new() { FileContainingExtension = new ExtensionRequest { ContainingType = "no.Such", ExtensionNumber = 1 } },
        ];
        foreach (var request in wrong)
        {
            Assert.Equal(StatusCode.NotFound, (StatusCode)(await NextAsync(call, request)).ErrorResponse.ErrorCode);
        }

        Assert.Equal(StatusCode.InvalidArgument, (StatusCode)(await NextAsync(call, new ServerReflectionRequest())).ErrorResponse.ErrorCode);
        var extensions = await NextAsync(call, new ServerReflectionRequest { AllExtensionNumbersOfType = "strata.decoding.v1.DecodeRequest" });
        Assert.Empty(extensions.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Alpha_SameQuestion_GivesTheSameBytes()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "strata.decoding.v1.DecodingService" });
        using var channel = GrpcChannel.ForAddress(pair.DecodingAddress);
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new() { FileContainingSymbol = "strata.decoding.v1.DecodingService" }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal(answer.ToByteString(), call.ResponseStream.Current.ToByteString());
    }

    [Fact]
    public async Task IdleStream_HostStops_EndsAndDoesNotHoldIt()
    {
        await using var decoding = await RunningDecoding.StartAsync([("m", pair.BackboneAddress, "emotion")]);
        using var channel = GrpcChannel.ForAddress(decoding.Address);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        using var alpha = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await NextAsync(call, new ServerReflectionRequest { ListServices = "" });
        await alpha.RequestStream.WriteAsync(new() { ListServices = "" }, Cancellation);
        Assert.True(await alpha.ResponseStream.MoveNext(Cancellation));

        // Keeps the connection until the ends were read: .NET's client takes its close for a failure of streams that could still send.
        using var working = new DecodingService.DecodingServiceClient(channel).DecodeStream(cancellationToken: Cancellation);
        await working.RequestStream.WriteAsync(new DecodeStreamRequest { Decode = new DecodeRequest { Text = "x" } }, Cancellation);
        Assert.True(await working.ResponseStream.MoveNext(Cancellation));

        var stopping = decoding.StopAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
        Assert.False(await alpha.ResponseStream.MoveNext(Cancellation));
        await working.RequestStream.CompleteAsync();
        Assert.False(await working.ResponseStream.MoveNext(Cancellation));
        await stopping;
        Assert.Empty(decoding.Log.Errors);
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var channel = GrpcChannel.ForAddress(pair.DecodingAddress);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        return await NextAsync(call, request);
    }

    private static async Task<ServerReflectionResponse> NextAsync(AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call, ServerReflectionRequest request)
    {
        await call.RequestStream.WriteAsync(request, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return call.ResponseStream.Current;
    }
}
