using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Strata.Services.Tests.Errors;

/// <summary>A call as a handler sees it at one moment: with this deadline, this token, and a caller who has left or not.</summary>
internal sealed class EndedCall : ServerCallContext
{
    public EndedCall(DateTime deadline, CancellationToken cancellation, bool left)
    {
        (DeadlineCore, CancellationTokenCore) = (deadline, cancellation);
        UserState["__HttpContext"] = new DefaultHttpContext { RequestAborted = new CancellationToken(left) }; // where gRPC's GetHttpContext looks
    }

    protected override string MethodCore => "/strata.test/Method";

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore { get; }

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
