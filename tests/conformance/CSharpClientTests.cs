using Grpc.Core;
using Strata.Client;
using Strata.Conformance.Tests.Clients;
using Strata.Conformance.Tests.Servers;
using Strata.Contracts.Decoding.V1;

namespace Strata.Conformance.Tests;

/// <summary>What is the C# client's own: exceptions, tokens, enumerations.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class CSharpClientTests(ConformanceFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("a b:1")]
    public void Connect_AddressIsNone_IsTheCallersMistake(string address) =>
        Assert.Throws<ArgumentException>(() => StrataClient.Connect(address));

    [Fact]
    public void Connect_PlainAddressWithTls_IsTheCallersMistake() =>
        Assert.Throws<ArgumentException>(() => StrataClient.Connect("http://127.0.0.1:1", new ConnectOptions { Tls = true }));

    [Theory]
    [InlineData(-1)] // Timeout.InfiniteTimeSpan
    [InlineData(long.MaxValue / TimeSpan.TicksPerMillisecond)]
    public async Task Decode_DeadlineIsNever_IsAnswered(long milliseconds)
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        Assert.NotNull((await client.DecodeAsync("x", TimeSpan.FromMilliseconds(milliseconds), Cancellation)).Result);
    }

    [Fact]
    public async Task Decode_TokenCancelled_ThrowsOperationCanceled()
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        await Assert.ThrowsAsync<OperationCanceledException>(() => client.DecodeAsync("x", cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Import_FileFailsAsACallDoes_ThrowsThat()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync(new byte[10], Cancellation);
        var failure = new RpcException(new Status(StatusCode.Aborted, "The call that the file comes from."));
        await pipe.Writer.CompleteAsync(failure);
        using var client = StrataClient.Connect(fixture.Decoding);
        var importing = client.Contexts.ImportAsync(pipe.Reader.AsStream(), cancellation: Cancellation);
        Assert.Same(failure, await Record.ExceptionAsync(() => importing.WaitAsync(TimeSpan.FromSeconds(60), Cancellation)));
    }

    [Fact]
    public async Task Decode_ServerIsBusy_SaysHowLongToWait()
    {
        await using var server = await TroubledServer.StartAsync();
        using var client = StrataClient.Connect(server.Decoding);
        var request = new DecodeRequest { Backbone = "busy", Text = "x", LabelSet = new LabelSet { Labels = { new Label { Name = "x", Words = { "x" } }, new Label { Name = "y", Words = { "y" } } } } };
        var failure = await Assert.ThrowsAsync<StrataException>(() => client.DecodeAsync(request, cancellation: Cancellation));
        Assert.Equal((StatusCode.ResourceExhausted, "OVERLOADED", "strata.dev"), (failure.Code, failure.Reason, failure.Domain));
        Assert.InRange(failure.RetryDelay!.Value.TotalMilliseconds, 1, 60_000);
    }

    [Fact]
    public void DecodeMany_NoneInFlight_IsTheCallersMistake()
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        Assert.Throws<ArgumentOutOfRangeException>(() => client.DecodeManyAsync(["x"], inFlight: 0, cancellation: Cancellation));
    }

    [Fact]
    public async Task DecodeMany_ThreeInFlight_ReadsNoFurther()
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        var (read, answered) = (0, 0);
        await foreach (var answer in client.DecodeManyAsync(CountedAsync(), inFlight: 3, cancellation: Cancellation))
        {
            Assert.NotNull(answer.Response);
            answered++;
        }

        Assert.Equal(30, answered);

        // An answer makes room a moment before it is counted here.
        async IAsyncEnumerable<DecodeRequest> CountedAsync()
        {
            for (; read < 30; read++)
            {
                Assert.InRange(read - Volatile.Read(ref answered), 0, 3 + 1);
                yield return await Task.FromResult(new DecodeRequest { Text = $"{read}" });
            }
        }
    }

    [Fact]
    public async Task DecodeMany_LeftEarly_EndsTheSender()
    {
        using var client = StrataClient.Connect(fixture.Decoding);
        var ended = false;
        await foreach (var _ in client.DecodeManyAsync(EndlessAsync(), cancellation: Cancellation))
        {
            break;
        }

        Assert.True(ended);

        async IAsyncEnumerable<DecodeRequest> EndlessAsync()
        {
            try
            {
                while (true)
                {
                    yield return await Task.FromResult(new DecodeRequest { Text = "x" });
                }
            }
            finally
            {
                ended = true;
            }
        }
    }
}
