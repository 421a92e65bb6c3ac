namespace Grpc.Core;

/// <summary>TLS, optionally with own roots and a client certificate.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>TLS with the system's trusted roots.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with own roots.</summary>
    /// <param name="rootCertificates">Trusted roots in PEM.</param>
    public SslCredentials(string rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with own roots and a client certificate.</summary>
    /// <param name="rootCertificates">Trusted roots in PEM.</param>
    /// <param name="keyCertificatePair">The client's own certificate.</param>
    public SslCredentials(string rootCertificates, KeyCertificatePair keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with own roots, a client certificate and a look at the server's.</summary>
    /// <param name="rootCertificates">Trusted roots in PEM, or null for the system's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    /// <param name="verifyPeerCallback">Looks at the server's certificate, or null.</param>
    public SslCredentials(
        string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        VerifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>Trusted roots in PEM, or null for the system's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's own certificate, or null.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    internal override bool IsComposable => true;

    private VerifyPeerCallback? VerifyPeerCallback { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, VerifyPeerCallback);
}
