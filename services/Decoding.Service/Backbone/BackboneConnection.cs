using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Strata.Contracts.Backbone.V1;
using Strata.Decoding.Service.Options;
using Strata.Leases;

namespace Strata.Decoding.Service.Backbone;

/// <summary>One configured backbone: its channel, and the description of the model that was last seen behind it. Calls lease it; once it is
/// no longer configured, the channel closes when the last of them ends.</summary>
internal sealed class BackboneConnection : IDisposable
{
    private const int MaxReceiveBytes = 4 * 1024 * 1024;
    private const int MaxTokenizeTexts = 1024;

    private readonly GrpcChannel _channel;
    private readonly BackboneService.BackboneServiceClient _client;
    private readonly LeaseCount _calls;
    private Model? _model;

    public BackboneConnection(string name, BackboneEndpointOptions endpoint)
    {
        Name = name;
        Address = endpoint.Address;
        ModelName = endpoint.Model;
        _channel = GrpcChannel.ForAddress(endpoint.Address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = MaxReceiveBytes,
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                InitialHttp2StreamWindowSize = 1024 * 1024,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                KeepAlivePingDelay = TimeSpan.FromSeconds(60),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
            },
            ServiceConfig = new ServiceConfig { MethodConfigs = { RetryUnavailable() } },
        });
        _client = new BackboneService.BackboneServiceClient(_channel);
        _calls = new LeaseCount(_channel.Dispose);
    }

    /// <summary>Name in Decoding's configuration.</summary>
    public string Name { get; }

    /// <summary>Where the Backbone is.</summary>
    public string Address { get; }

    /// <summary>Name of the model on the Backbone; empty means the only one.</summary>
    public string ModelName { get; }

    public BackboneService.BackboneServiceClient Client => _client;

    /// <summary>The model behind the name: the last one seen, or asked for now.</summary>
    public async ValueTask<Model> DescribeAsync(CallOptions call) => Volatile.Read(ref _model) ?? await RefreshAsync(call);

    /// <summary>Asks the Backbone which model it hosts now.</summary>
    public async Task<Model> RefreshAsync(CallOptions call)
    {
        try
        {
            var response = await _client.GetModelAsync(new GetModelRequest { Name = ModelName }, call);
            Volatile.Write(ref _model, response.Model);
            return response.Model;
        }
        catch (RpcException failure)
        {
            throw BackboneFailure.Translate(failure, Name);
        }
    }

    /// <summary>Tokenizes texts in calls of the size the contract allows.</summary>
    /// <param name="model">Whose tokenizer to use.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="specialTokens">Whether the tokenizer puts its special tokens around each text: true for a prompt, false for label
    /// words.</param>
    /// <param name="call">Deadline and cancellation.</param>
    public async Task<IReadOnlyList<TokenizedText>> TokenizeAsync(Model model, IEnumerable<string> texts, bool specialTokens, CallOptions call)
    {
        var tokenized = new List<TokenizedText>();
        try
        {
            foreach (var part in texts.Chunk(MaxTokenizeTexts))
            {
                var request = new TokenizeRequest { Model = model.Name, WithoutSpecialTokens = !specialTokens };
                request.Texts.AddRange(part);
                tokenized.AddRange((await _client.TokenizeAsync(request, call)).Texts);
            }
        }
        catch (RpcException failure)
        {
            throw BackboneFailure.Translate(failure, Name);
        }

        return tokenized;
    }

    /// <summary>Ends when it was retired and its channel is closed.</summary>
    public Task Closed => _calls.Freed;

    /// <summary>Keeps the channel open until the lease is disposed; null if the backbone is no longer configured so.</summary>
    public Lease<BackboneConnection>? TryLease() => _calls.TryLease(this);

    /// <summary>Keeps the channel open for work that outlives the call which began it and holds a lease.</summary>
    public Lease<BackboneConnection> LeaseAlso() => _calls.LeaseAlso(this);

    /// <summary>No more leases; closes the channel now or with the last lease.</summary>
    public void Dispose() => _calls.Retire();

    // AIP-194: only UNAVAILABLE, where no answer was received. RESOURCE_EXHAUSTED goes back to the caller, who can slow down.
    // Not StreamLayers: the retry layer costs every stream 0.1 ms, and DecodePlanner runs it again after a description that was retried.
    private static MethodConfig RetryUnavailable() => new()
    {
        Names =
        {
            new MethodName { Service = BackboneService.Descriptor.FullName, Method = nameof(BackboneService.BackboneServiceClient.GetModel) },
            new MethodName { Service = BackboneService.Descriptor.FullName, Method = nameof(BackboneService.BackboneServiceClient.Tokenize) },
        },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = 4,
            InitialBackoff = TimeSpan.FromMilliseconds(50),
            MaxBackoff = TimeSpan.FromSeconds(1),
            BackoffMultiplier = 2,
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    };
}
