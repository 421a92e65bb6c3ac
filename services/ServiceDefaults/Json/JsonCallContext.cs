using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Strata.ServiceDefaults.Json;

/// <summary>A JSON request as a handler sees it: an ordinary call with the deadline of <see cref="TimeoutHeader"/>.</summary>
internal sealed class JsonCallContext : ServerCallContext, IDisposable
{
    /// <summary>Request header with the time that the caller waits. Unit: milliseconds, 1 to 2,147,483,647. Absent means no limit.</summary>
    public const string TimeoutHeader = "X-Timeout-Ms";

    private readonly HttpContext _http;
    private readonly CancellationTokenSource _cancellation;
    private readonly string _method;

    public JsonCallContext(HttpContext http, string method, TimeSpan? timeout)
    {
        (_http, _method) = (http, method);
        UserState["__HttpContext"] = http; // where gRPC's GetHttpContext looks
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        DeadlineCore = DateTime.MaxValue;
        if (timeout is { } limit)
        {
            DeadlineCore = DateTime.UtcNow + limit;
            _cancellation.CancelAfter(limit);
        }

        foreach (var (name, value) in http.Request.Headers.Where(header => IsMetadataName(header.Key)))
        {
            RequestHeadersCore.Add(name.ToLowerInvariant(), value.ToString());
        }
    }

    protected override string MethodCore => _method;

    protected override string HostCore => _http.Request.Host.Value ?? "";

    protected override string PeerCore => _http.Connection.RemoteIpAddress is { } address ? $"{address}:{_http.Connection.RemotePort}" : "unknown";

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => _cancellation.Token;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    public void Dispose() => _cancellation.Dispose();

    /// <summary>HTTP allows names, such as <c>x!y</c>, that gRPC's metadata refuses; its binary entries are base64, which nobody promised here.</summary>
    private static bool IsMetadataName(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && !name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
