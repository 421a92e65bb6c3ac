using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace Strata.Client;

/// <summary>A channel with the key, the default deadline and the retries of its options.</summary>
internal sealed class Connection : IDisposable
{
    private readonly ConnectOptions _options;
    private readonly SocketsHttpHandler _handler;
    private readonly GrpcChannel _channel;

    public Connection(string address, ConnectOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        _options = options ?? new ConnectOptions();
        _handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        var uri = ToUri(address, _options.UsesTls);
        if (_options.UsesTls)
        {
            _handler.SslOptions = SslOptions(_options);
        }

        _channel = GrpcChannel.ForAddress(uri, new GrpcChannelOptions { HttpHandler = _handler, ServiceConfig = _options.Retry ? RetryPolicy.ServiceConfig() : null });
    }

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    /// <summary>Options of a unary call: the deadline that the caller names, else the default.</summary>
    public CallOptions Unary(TimeSpan? deadline, CancellationToken cancellation) => Stream(deadline ?? _options.DefaultDeadline, cancellation);

    /// <summary>Options of a stream: no deadline unless the caller names one.</summary>
    public CallOptions Stream(TimeSpan? deadline, CancellationToken cancellation) =>
        new(Headers(), Until(deadline), cancellation);

    public void Dispose()
    {
        _channel.Dispose();
        _handler.Dispose();
    }

    // Timeout.InfiniteTimeSpan is -1 ms, which would be over already.
    private static DateTime? Until(TimeSpan? deadline) =>
        deadline is { } limit && limit != Timeout.InfiniteTimeSpan && limit < DateTime.MaxValue - DateTime.UtcNow ? DateTime.UtcNow + limit : null;

    private static Uri ToUri(string address, bool tls)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : $"{(tls ? "https" : "http")}://{address}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{address}' is no address; write HOST:PORT or http(s)://HOST:PORT.", nameof(address));
        }

        return tls && uri.Scheme == "http"
            ? throw new ArgumentException($"'{address}' is plain text, but the options ask for TLS; write https:// or HOST:PORT.", nameof(address))
            : uri;
    }

    private static SslClientAuthenticationOptions SslOptions(ConnectOptions options)
    {
        var ssl = new SslClientAuthenticationOptions();
        if (options.CaFile is not null)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(options.CaFile);
            ssl.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            ssl.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        if (options.ClientCertificateFile is not null)
        {
            ssl.ClientCertificates = [X509Certificate2.CreateFromPemFile(options.ClientCertificateFile, options.ClientKeyFile)];
        }

        return ssl;
    }

    private Metadata? Headers() => _options.ApiKey is { } key ? new Metadata { { "authorization", $"Bearer {key}" } } : null;
}
