namespace Strata.Platform.Tests.Calls;

/// <summary>Keeps the bytes of a unary call as they are on the wire.</summary>
internal sealed class WireRecorder() : DelegatingHandler(new SocketsHttpHandler())
{
    internal byte[] Request { get; private set; } = [];

    internal byte[] Response { get; private set; } = [];

    internal string? ResponseEncoding { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Request = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        Response = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        ResponseEncoding = response.Headers.TryGetValues("grpc-encoding", out var values) ? values.Single() : null;
        return response;
    }
}
