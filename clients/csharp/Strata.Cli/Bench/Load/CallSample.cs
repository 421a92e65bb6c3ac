using Google.Protobuf;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>The call that a worker makes at the moment: counts its messages and times its layers.</summary>
internal sealed class CallSample(CallRecorder recorder)
{
    /// <summary>gRPC's prefix of a message: compression flag and length. Unit: bytes.</summary>
    public const int FramingBytes = 5;

    private long _lastLayerNs;

    public Arrival Arrival { get; private set; }

    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    public void Begin(Arrival arrival)
    {
        (Arrival, SentBytes, ReceivedBytes, _lastLayerNs) = (arrival, 0, 0, 0);
        recorder.Started(arrival);
    }

    public void Sent(IMessage message) => SentBytes += message.CalculateSize() + FramingBytes;

    public void Received(IMessage message) => ReceivedBytes += message.CalculateSize() + FramingBytes;

    /// <summary>A layer is here, whole.</summary>
    public void Layer()
    {
        var now = Clock.Now;
        if (_lastLayerNs == 0)
        {
            recorder.FirstLayer.Record(now - Arrival.IntendedNs);
        }
        else
        {
            recorder.Gap.Record(now - _lastLayerNs);
        }

        _lastLayerNs = now;
    }
}
