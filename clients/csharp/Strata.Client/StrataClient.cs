using Grpc.Health.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Client;

/// <summary>Decoding: decisions from every layer of a transformer. Safe for concurrent calls; one per process serves.</summary>
/// <remarks>
/// Every method throws <see cref="StrataException"/> for a refused or failed call and <see cref="OperationCanceledException"/>
/// if the caller's token is cancelled. Unary calls but Delete and Import are made again on UNAVAILABLE, at most four times.
/// </remarks>
public sealed class StrataClient : IDisposable
{
    /// <summary>Requests of a DecodeMany that are unanswered at the same time, unless the call says otherwise.</summary>
    public const int DefaultInFlight = 16;

    private readonly Connection _connection;
    private readonly DecodingService.DecodingServiceClient _rpc;
    private readonly HealthCheck _health;

    private StrataClient(Connection connection)
    {
        _connection = connection;
        _rpc = new DecodingService.DecodingServiceClient(connection.Invoker);
        _health = new HealthCheck(connection);
        Contexts = new ContextsClient(connection, _rpc);
    }

    /// <summary>The compiled demonstrations that texts can continue.</summary>
    public ContextsClient Contexts { get; }

    /// <summary>Prepares a connection to Decoding; the first call makes it.</summary>
    /// <param name="address"><c>HOST:PORT</c>, or an http or https address.</param>
    /// <param name="options">TLS, key and default deadline; null: none, none, 30 s.</param>
    /// <exception cref="ArgumentException">The address is none, or is http while the options ask for TLS.</exception>
    public static StrataClient Connect(string address, ConnectOptions? options = null) => new(new Connection(address, options));

    /// <summary>Classifies one text with the server's defaults.</summary>
    /// <param name="text">The text.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call; the model stops within one layer.</param>
    public Task<DecodeResponse> DecodeAsync(string text, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        DecodeAsync(new DecodeRequest { Text = text }, deadline, cancellation);

    /// <summary>Classifies one text with parameters, labels, prompt or context of its own.</summary>
    /// <param name="request">The text and its knobs.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call; the model stops within one layer.</param>
    public Task<DecodeResponse> DecodeAsync(DecodeRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AnswerAsync(_rpc.DecodeAsync(request, _connection.Unary(deadline, cancellation)), cancellation);

    /// <summary>Classifies up to 1024 texts with one set of parameters; results come in their order, and one bad text refuses all.</summary>
    /// <param name="request">The texts and their knobs.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<BatchDecodeResponse> BatchDecodeAsync(BatchDecodeRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AnswerAsync(_rpc.BatchDecodeAsync(request, _connection.Unary(deadline, cancellation)), cancellation);

    /// <summary>Classifies any number of texts over one stream; answers come as they are ready.</summary>
    /// <param name="texts">The texts, read as answers make room.</param>
    /// <param name="inFlight">How many may be unanswered at a time, 1 or more.</param>
    /// <param name="deadline">Time the whole stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream.</param>
    public IAsyncEnumerable<DecodeAnswer> DecodeManyAsync(
        IEnumerable<string> texts, int inFlight = DefaultInFlight, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        DecodeManyAsync(texts.Select(text => new DecodeRequest { Text = text }).ToAsyncEnumerable(), inFlight, deadline, cancellation);

    /// <summary>The same for requests with knobs of their own.</summary>
    /// <param name="requests">The requests, read as answers make room.</param>
    /// <param name="inFlight">How many may be unanswered at a time, 1 or more.</param>
    /// <param name="deadline">Time the whole stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream.</param>
    public IAsyncEnumerable<DecodeAnswer> DecodeManyAsync(
        IAsyncEnumerable<DecodeRequest> requests, int inFlight = DefaultInFlight, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFlight, 1);
        return new DecodeManyCall(stop => _rpc.DecodeStream(_connection.Stream(deadline, stop)), inFlight).RunAsync(requests, cancellation);
    }

    /// <summary>Classifies one text and shows what each layer would have answered: a header, a point for each layer as it arrives, the outcome.</summary>
    /// <param name="request">The text and its knobs.</param>
    /// <param name="deadline">Time the stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream; the model stops within one layer.</param>
    public IAsyncEnumerable<ExplainStreamResponse> ExplainAsync(DecodeRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.ReadAsync(stop => _rpc.ExplainStream(new ExplainStreamRequest { Decode = request }, _connection.Stream(deadline, stop)), cancellation);

    /// <summary>Lists the backbones of Decoding's configuration, all pages, by name.</summary>
    /// <param name="deadline">Time each page may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<IReadOnlyList<Contracts.Decoding.V1.Backbone>> ListBackbonesAsync(TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AllPagesAsync<Contracts.Decoding.V1.Backbone>(async token =>
        {
            var request = new ListBackbonesRequest { PageToken = token };
            var page = await Calls.AnswerAsync(_rpc.ListBackbonesAsync(request, _connection.Unary(deadline, cancellation)), cancellation).ConfigureAwait(false);
            return (page.Backbones, page.NextPageToken);
        });

    /// <summary>Asks whether a service wants calls.</summary>
    /// <param name="service">Full name of the service; empty: the server as a whole. Unknown: NOT_FOUND, reason SERVICE_NOT_FOUND.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(string service = "", CancellationToken cancellation = default) =>
        _health.CheckAsync(service, cancellation);

    /// <summary>Closes the connection; calls in flight end with an error.</summary>
    public void Dispose() => _connection.Dispose();
}
