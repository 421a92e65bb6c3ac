using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Strata.Cli.Bench.Measure;
using Strata.Client;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Bench.Load;

/// <summary>One DecodeStream a connection. A stream that fails, or leaves a request without answer for too long, fails its requests in flight, and
/// another one begins.</summary>
/// <param name="clients">The connections.</param>
/// <param name="requests">Call i sends request i modulo their number.</param>
/// <param name="inFlight">Unanswered requests of all streams together, at least one a stream.</param>
/// <param name="timeout">Time that a request may be unanswered.</param>
internal sealed class DecodeStreams(IReadOnlyList<StrataClient> clients, IReadOnlyList<DecodeRequest> requests, int inFlight, TimeSpan timeout) : ILoad
{
    public int RecorderCount => clients.Count;

    public Task RunAsync(IArrivals arrivals, IReadOnlyList<CallRecorder> recorders, RunEnd end) =>
        Task.WhenAll(clients.Select((client, number) =>
        {
            var share = inFlight / clients.Count + (number < inFlight % clients.Count ? 1 : 0);
            return Task.Run(() => new OneConnection(client, requests, share, timeout, arrivals, recorders[number], end).RunAsync());
        }));

    // Answers come one at a time, so this connection's recorder has one writer; a start is recorded with its answer for that reason.
    private sealed class OneConnection(
        StrataClient client, IReadOnlyList<DecodeRequest> requests, int inFlight, TimeSpan timeout, IArrivals arrivals, CallRecorder recorder, RunEnd end)
    {
        private bool _exhausted;

        public async Task RunAsync()
        {
            while (!_exhausted && !end.Token.IsCancellationRequested)
            {
                await OneStreamAsync().ConfigureAwait(false);
            }

            while (!end.Interrupted.IsCancellationRequested && await arrivals.NextAsync(end.Interrupted).ConfigureAwait(false) is { } arrival)
            {
                recorder.Fail(arrival, Outcome.NotStarted, Outcome.NotStartedMessage);
                arrivals.Ended();
            }
        }

        private async Task OneStreamAsync()
        {
            var sent = new ConcurrentDictionary<int, (Arrival Arrival, long StartedNs)>();
            using var room = new SemaphoreSlim(inFlight);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
            var look = TimeSpan.FromTicks(Math.Clamp(timeout.Ticks / 8, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond));
            await using var watch = new Timer(_ => StopIfLate(sent, stop), null, look, look);
            try
            {
                await foreach (var answer in client.DecodeManyAsync(DueAsync(sent, room), inFlight, null, stop.Token).ConfigureAwait(false))
                {
                    if (sent.TryRemove(answer.Index, out var call))
                    {
                        Record(call.Arrival, call.StartedNs, answer);
                        room.Release();
                    }
                }

                FailAll(sent, arrival => end.Abandon(recorder, arrival)); // the server ended the stream before its answers
            }
            catch (StrataException failure)
            {
                FailAll(sent, arrival => recorder.Fail(arrival, Outcome.Of(failure), failure.Message));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                FailAll(sent, arrival => end.Abandon(recorder, arrival));
            }
        }

        // A stream has no deadline for each of its requests.
        private void StopIfLate(ConcurrentDictionary<int, (Arrival Arrival, long StartedNs)> sent, CancellationTokenSource stop)
        {
            var since = Clock.Now - Clock.Nanoseconds(timeout);
            if (sent.Any(call => call.Value.StartedNs < since))
            {
                stop.Cancel();
            }
        }

        // Waits for room before it asks for a call: a closed loop's call begins when it can be sent.
        private async IAsyncEnumerable<DecodeRequest> DueAsync(
            ConcurrentDictionary<int, (Arrival Arrival, long StartedNs)> sent, SemaphoreSlim room, [EnumeratorCancellation] CancellationToken stop = default)
        {
            for (var index = 0; ; index++)
            {
                await room.WaitAsync(stop).ConfigureAwait(false);
                if (await arrivals.NextAsync(end.Interrupted).ConfigureAwait(false) is not { } arrival)
                {
                    _exhausted = true;
                    yield break;
                }

                sent[index] = (arrival, Clock.Now);
                yield return Request(arrival);
            }
        }

        private DecodeRequest Request(Arrival arrival) => requests[(int)(arrival.Index % requests.Count)];

        private void Record(Arrival arrival, long startedNs, DecodeAnswer answer)
        {
            recorder.StartLag.Record(startedNs - arrival.IntendedNs);
            if (answer.Response is { } response)
            {
                recorder.Answered(arrival, Wire(answer.Index, Request(arrival)), Wire(answer.Index, response));
            }
            else
            {
                recorder.Fail(arrival, Outcome.Of(answer.Error!), answer.Error!.Message);
            }

            arrivals.Ended();
        }

        private void FailAll(ConcurrentDictionary<int, (Arrival Arrival, long StartedNs)> sent, Action<Arrival> fail)
        {
            foreach (var (arrival, startedNs) in sent.Values)
            {
                recorder.StartLag.Record(startedNs - arrival.IntendedNs);
                fail(arrival);
                arrivals.Ended();
            }
        }

        // DecodeStreamRequest and DecodeStreamResponse are alike: an id, absent if 0, and one message, each behind a tag of a byte.
        private static long Wire(int id, IMessage message) =>
            CallSample.FramingBytes + (id == 0 ? 0 : 1 + CodedOutputStream.ComputeUInt64Size((ulong)id)) + 1 + CodedOutputStream.ComputeMessageSize(message);
    }
}
