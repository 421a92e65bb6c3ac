using Grpc.Net.Client;
using Grpc.Testing;
using Strata.Client;
using Strata.Interop.Tests.Host;

namespace Strata.Interop.Tests.Clients;

/// <summary>The cases from C#, over the connection that Strata.Client makes.</summary>
internal sealed class CSharpClient : IDisposable
{
    private readonly Connection _connection;
    private readonly GrpcChannel _counting;
    private readonly Dictionary<string, Func<Task>> _cases;

    /// <param name="authority">Address and port of the server.</param>
    public CSharpClient(string authority)
    {
        _connection = new Connection(authority, null);
        var gzip = new CountedGzip();
        // A channel apart, because a connection's has no place for a provider that counts.
        _counting = GrpcChannel.ForAddress($"http://{authority}", new GrpcChannelOptions { CompressionProviders = [gzip] });
        var client = new TestService.TestServiceClient(_connection.Invoker);
        var message = new MessageCases(client);
        var ending = new EndingCases(client, new UnimplementedService.UnimplementedServiceClient(_connection.Invoker));
        var compression = new CompressionCases(new TestService.TestServiceClient(_counting), gzip);
        _cases = new()
        {
            ["empty_unary"] = message.EmptyUnaryAsync,
            ["large_unary"] = message.LargeUnaryAsync,
            ["client_streaming"] = message.ClientStreamingAsync,
            ["server_streaming"] = message.ServerStreamingAsync,
            ["ping_pong"] = message.PingPongAsync,
            ["empty_stream"] = message.EmptyStreamAsync,
            ["cancel_after_begin"] = ending.CancelAfterBeginAsync,
            ["cancel_after_first_response"] = ending.CancelAfterFirstResponseAsync,
            ["timeout_on_sleeping_server"] = ending.TimeoutOnSleepingServerAsync,
            ["custom_metadata"] = ending.CustomMetadataAsync,
            ["status_code_and_message"] = ending.StatusCodeAndMessageAsync,
            ["special_status_message"] = ending.SpecialStatusMessageAsync,
            ["unimplemented_method"] = ending.UnimplementedMethodAsync,
            ["unimplemented_service"] = ending.UnimplementedServiceAsync,
            ["client_compressed_unary"] = compression.ClientCompressedUnaryAsync,
            ["client_compressed_streaming"] = compression.ClientCompressedStreamingAsync,
            ["server_compressed_unary"] = compression.ServerCompressedUnaryAsync,
            ["server_compressed_streaming"] = compression.ServerCompressedStreamingAsync,
        };
    }

    /// <summary>Runs a case; an assertion says what went wrong.</summary>
    public Task RunAsync(string name) => _cases[name]();

    public void Dispose()
    {
        _counting.Dispose();
        _connection.Dispose();
    }
}
