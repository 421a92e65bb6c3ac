using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Strata.Conformance.Tests.Servers;

/// <summary>Terminates TLS in front of a plain HTTP/2 port, as a load balancer does; a client must show a certificate of the authority.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _target;
    private readonly Certificates _certificates;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    /// <param name="target">The plain address.</param>
    /// <param name="certificates">The server's certificate and the authority of the clients.</param>
    public TlsProxy(string target, Certificates certificates)
    {
        (_target, _certificates) = (new Uri(target), certificates);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var plain = new TcpClient();
        using (client)
        {
            try
            {
                await using var secure = new SslStream(client.GetStream());
                await secure.AuthenticateAsServerAsync(Options(), _stop.Token);
                await plain.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                var inward = secure.CopyToAsync(plain.GetStream(), _stop.Token);
                var outward = plain.GetStream().CopyToAsync(secure, _stop.Token);
                await await Task.WhenAny(inward, outward); // Either side hangs up: so does the proxy.
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client sees it.
            }
        }
    }

    private SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificate = _certificates.Server,
        ClientCertificateRequired = true,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && IsOfAuthority(shown),
    };

    private bool IsOfAuthority(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(_certificates.Authority);
        return chain.Build(certificate);
    }
}
