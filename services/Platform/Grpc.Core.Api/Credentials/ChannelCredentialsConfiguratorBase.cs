namespace Grpc.Core;

/// <summary>Through this a client learns what channel credentials consist of.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>They ask for no encryption.</summary>
    /// <param name="state">What the client passed in.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>They ask for TLS.</summary>
    /// <param name="state">What the client passed in.</param>
    /// <param name="rootCertificates">Trusted roots in PEM, or null for the system's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    /// <param name="verifyPeerCallback">Looks at the server's certificate, or null.</param>
    public abstract void SetSslCredentials(
        object? state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>They are channel and call credentials together.</summary>
    /// <param name="state">What the client passed in.</param>
    /// <param name="channelCredentials">Credentials of the channel.</param>
    /// <param name="callCredentials">Credentials of every call.</param>
    public abstract void SetCompositeCredentials(
        object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
