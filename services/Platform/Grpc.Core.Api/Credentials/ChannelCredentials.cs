namespace Grpc.Core;

/// <summary>How a channel secures its connections.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No encryption.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the system's trusted roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Whether call credentials may be added; only over a secure connection.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>Adds call credentials to every call of a channel.</summary>
    /// <param name="channelCredentials">Secure channel credentials.</param>
    /// <param name="callCredentials">Credentials of the calls.</param>
    /// <returns>The combination.</returns>
    /// <exception cref="ArgumentException">The channel credentials are not secure.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a client what these credentials consist of.</summary>
    /// <param name="configurator">Asks.</param>
    /// <param name="state">Passed back to <paramref name="configurator"/>.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);
}
