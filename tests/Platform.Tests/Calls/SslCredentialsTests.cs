using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Strata.Platform.Tests.Contracts;

namespace Strata.Platform.Tests.Calls;

public sealed class SslCredentialsTests
{
    [Fact]
    public async Task ChannelCredentials_WithCallCredentials_AddTheirHeadersOverTls()
    {
        var seen = new ConcurrentQueue<string>();
        using var certificate = SelfSigned();
        var callCredentials = CallCredentials.FromInterceptor((_, headers) =>
        {
            headers.Add("caller", "over TLS");
            return Task.CompletedTask;
        });
        await using var server = await ProbeServer.StartAsync(
            options => options.Interceptors.Add<RecordingInterceptor>("server", seen),
            options =>
            {
                options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, callCredentials);
                options.HttpHandler = Trusting(certificate.Thumbprint);
            },
            certificate);

        await server.Client.EchoAsync(new Ping(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("https://", server.Address, StringComparison.Ordinal);
        Assert.Equal("server: UnaryServerHandler Echo over TLS", Assert.Single(seen));
    }

    // The official client takes certificates from its HTTP handler only; the stand-in must hand it the arguments to refuse.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void SslCredentials_WithAnArgument_AreRefusedByTheOfficialClient(bool roots, bool pair, bool callback)
    {
        var credentials = new SslCredentials(
            roots ? "roots" : null, pair ? new KeyCertificatePair("chain", "key") : null, callback ? _ => true : null);

        Assert.Throws<InvalidOperationException>(
            () => GrpcChannel.ForAddress("https://127.0.0.1:1", new GrpcChannelOptions { Credentials = credentials }));
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static SocketsHttpHandler Trusting(string thumbprint) => new()
    {
        SslOptions = new()
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == thumbprint,
        },
    };
}
