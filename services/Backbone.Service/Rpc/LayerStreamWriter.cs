using Grpc.Core;
using Strata.Backbone.Admission;
using Strata.Contracts.Backbone.V1;

namespace Strata.Backbone.Service.Rpc;

/// <summary>Writes one layer stream: decides when bytes leave, and gives the permit to others while the reader stalls.</summary>
internal sealed class LayerStreamWriter(
    IServerStreamWriter<StreamLayersResponse> responses, ComputePermits.Permit permit, bool coalesceFrames, CancellationToken cancellation)
{
    // Beyond this, waiting costs memory and the reader's time more than a flush does.
    private const int MaxCoalescedBytes = 64 * 1024;

    private static readonly WriteOptions _flush = new();
    private static readonly WriteOptions _hold = new(WriteFlags.BufferHint);

    private int _held;

    /// <summary>The header travels with the first frame, which is ready already.</summary>
    public Task WriteHeaderAsync(StreamHeader header) => WriteAsync(new StreamLayersResponse { Header = header }, hold: true);

    public Task WriteFrameAsync(LayerFrame frame)
    {
        _held += frame.Values.Data.Length;
        var hold = coalesceFrames && _held <= MaxCoalescedBytes;
        _held = hold ? _held : 0;
        return WriteAsync(new StreamLayersResponse { Frame = frame }, hold);
    }

    /// <summary>The summary travels with the status, which ends the call.</summary>
    public Task WriteSummaryAsync(StreamSummary summary) => WriteAsync(new StreamLayersResponse { Summary = summary }, hold: true);

    private Task WriteAsync(StreamLayersResponse message, bool hold)
    {
        responses.WriteOptions = hold ? _hold : _flush;
        return permit.PauseDuring(responses.WriteAsync(message, cancellation));
    }
}
