using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Servers;

/// <summary>The healthy pair that all runs share, over TLS too.</summary>
internal sealed class PairServer : ICaseServer
{
    private readonly Certificates _certificates = new();
    private readonly Certificates _others = new();
    private readonly TlsProxy _proxy;

    /// <param name="pair">The running pair; not disposed with this.</param>
    /// <param name="trusted">False: over TLS it shows a certificate of an authority that the client does not trust.</param>
    public PairServer(PairFixture pair, bool trusted = true)
    {
        _proxy = new TlsProxy(pair.DecodingAddress, trusted ? _certificates : _others);
        Decoding = new Uri(pair.DecodingAddress).Authority;
        Backbone = new Uri(pair.BackboneAddress).Authority;
    }

    public string Decoding { get; }

    public string Backbone { get; }

    public TlsEndpoint Tls => new(_proxy.Address, _certificates.CaFile, _certificates.ClientCertificateFile, _certificates.ClientKeyFile);

    TlsEndpoint? ICaseServer.Tls => Tls;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _certificates.Dispose();
        _others.Dispose();
    }
}
