using Grpc.Health.V1;
using Strata.Contracts.Backbone.V1;

namespace Strata.Client;

/// <summary>A Backbone itself: its models, its layers, swapping a model. Errors as <see cref="StrataClient"/>.</summary>
public sealed class BackboneClient : IDisposable
{
    private readonly Connection _connection;
    private readonly BackboneService.BackboneServiceClient _rpc;
    private readonly HealthCheck _health;

    private BackboneClient(Connection connection)
    {
        _connection = connection;
        _rpc = new BackboneService.BackboneServiceClient(connection.Invoker);
        _health = new HealthCheck(connection);
    }

    /// <summary>Prepares a connection to a Backbone; the first call makes it.</summary>
    /// <param name="address"><c>HOST:PORT</c>, or an http or https address.</param>
    /// <param name="options">TLS, key and default deadline; null: none, none, 30 s.</param>
    /// <exception cref="ArgumentException">The address is none, or is http while the options ask for TLS.</exception>
    public static BackboneClient Connect(string address, ConnectOptions? options = null) => new(new Connection(address, options));

    /// <summary>Lists the hosted models, all pages, by name.</summary>
    /// <param name="deadline">Time each page may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<IReadOnlyList<Model>> ListModelsAsync(TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AllPagesAsync<Model>(async token =>
        {
            var request = new ListModelsRequest { PageToken = token };
            var page = await Calls.AnswerAsync(_rpc.ListModelsAsync(request, _connection.Unary(deadline, cancellation)), cancellation).ConfigureAwait(false);
            return (page.Models, page.NextPageToken);
        });

    /// <summary>Describes a model. Unknown: NOT_FOUND, reason MODEL_NOT_FOUND.</summary>
    /// <param name="name">Its name in Backbone's configuration.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<Model> GetModelAsync(string name, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var call = _rpc.GetModelAsync(new GetModelRequest { Name = name }, _connection.Unary(deadline, cancellation));
        return (await Calls.AnswerAsync(call, cancellation).ConfigureAwait(false)).Model;
    }

    /// <summary>Turns texts into token ids with offsets in UTF-16 code units, as .NET counts.</summary>
    /// <param name="request">The texts and the model.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<TokenizeResponse> TokenizeAsync(TokenizeRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AnswerAsync(_rpc.TokenizeAsync(request, _connection.Unary(deadline, cancellation)), cancellation);

    /// <summary>Streams what each layer would answer: a header, the frames, a summary.</summary>
    /// <param name="request">The rows, the layers and the readout.</param>
    /// <param name="deadline">Time the stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream; the model stops within one layer.</param>
    public IAsyncEnumerable<StreamLayersResponse> StreamLayersAsync(StreamLayersRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.ReadAsync(stop => _rpc.StreamLayers(request, _connection.Stream(deadline, stop)), cancellation);

    /// <summary>Replaces a model by another folder while calls go on, and tells each stage of it.</summary>
    /// <param name="request">The model's name and the new folder on Backbone's machine.</param>
    /// <param name="deadline">Time the stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream.</param>
    public IAsyncEnumerable<SwapModelResponse> SwapAsync(SwapModelRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.ReadAsync(stop => _rpc.SwapModel(request, _connection.Stream(deadline, stop)), cancellation);

    /// <summary>Asks whether a service wants calls.</summary>
    /// <param name="service">Full name of the service; empty: the server as a whole.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<HealthCheckResponse.Types.ServingStatus> HealthAsync(string service = "", CancellationToken cancellation = default) =>
        _health.CheckAsync(service, cancellation);

    /// <summary>Closes the connection; calls in flight end with an error.</summary>
    public void Dispose() => _connection.Dispose();
}
