using Grpc.Testing;
using static Strata.Interop.Tests.Clients.TestPayloads;

namespace Strata.Interop.Tests.Clients;

/// <summary>Every call shape, with messages of every size.</summary>
internal sealed class MessageCases(TestService.TestServiceClient client)
{
    public async Task EmptyUnaryAsync() => Assert.Equal(new Empty(), await client.EmptyCallAsync(new Empty(), Options()));

    public async Task LargeUnaryAsync()
    {
        var response = await client.UnaryCallAsync(Large(), Options());
        Assert.Equal(Zeros(LargeResponse), response.Payload);
    }

    public async Task ClientStreamingAsync()
    {
        using var call = client.StreamingInputCall(Options());
        foreach (var size in Requests)
        {
            await call.RequestStream.WriteAsync(new StreamingInputCallRequest { Payload = Zeros(size) });
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(Requests.Sum(), (await call).AggregatedPayloadSize);
    }

    public async Task ServerStreamingAsync()
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(Responses.Select(size => new ResponseParameters { Size = size }));
        using var call = client.StreamingOutputCall(request, Options());
        foreach (var size in Responses)
        {
            await call.ResponseStream.AssertNextAsync(size);
        }

        await call.ResponseStream.AssertEndAsync();
    }

    public async Task PingPongAsync()
    {
        using var call = client.FullDuplexCall(Options());
        foreach (var (response, request) in Responses.Zip(Requests))
        {
            await call.RequestStream.WriteAsync(Ping(response, request));
            await call.ResponseStream.AssertNextAsync(response);
        }

        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.AssertEndAsync();
    }

    public async Task EmptyStreamAsync()
    {
        using var call = client.FullDuplexCall(Options());
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.AssertEndAsync();
    }
}
