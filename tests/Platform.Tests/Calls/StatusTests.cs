using Google.Protobuf;
using Grpc.Core;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class StatusTests
{
    private static CancellationToken TestCancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.NotFound, "no model 'emotion'")]
    [InlineData(StatusCode.InvalidArgument, "100 % température 模型 🙂")]
    [InlineData(StatusCode.DataLoss, "two\nlines")]
    [InlineData(StatusCode.Unauthenticated, "")]
    public async Task Failure_Thrown_ArrivesWithCodeAndDetail(StatusCode code, string detail)
    {
        await using var server = await ProbeServer.StartAsync();
        var request = new Ping { Number = (int)code, Text = detail };

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.FailAsync(request, cancellationToken: TestCancelled).ResponseAsync);

        Assert.Equal(code, failure.StatusCode);
        Assert.Equal(detail, failure.Status.Detail);
    }

    [Fact]
    public async Task Trailers_Thrown_ArriveAsTextAndBytes()
    {
        await using var server = await ProbeServer.StartAsync();
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var request = new Ping { Number = (int)StatusCode.Aborted, Payload = ByteString.CopyFrom(bytes) };

        var failure = await Assert.ThrowsAsync<RpcException>(
            () => server.Client.FailAsync(request, cancellationToken: TestCancelled).ResponseAsync);

        Assert.Equal("asked for", failure.Trailers.GetValue("reason"));
        Assert.Equal(bytes, failure.Trailers.GetValueBytes("payload-bin"));
    }

    [Fact]
    public async Task Method_Unknown_IsUnimplemented()
    {
        await using var server = await ProbeServer.StartAsync();
        var method = new Method<string, string>(
            MethodType.Unary, "no.Service", "Method", Marshallers.StringMarshaller, Marshallers.StringMarshaller);
        var call = server.Channel.CreateCallInvoker().AsyncUnaryCall(
            method, null, new CallOptions(cancellationToken: TestCancelled), "x");

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }
}
