namespace Grpc.Core;

/// <summary>Credentials of a call, on top of those of its channel.</summary>
public abstract class CallCredentials
{
    /// <summary>Uses several credentials together.</summary>
    /// <param name="credentials">At least two.</param>
    /// <returns>The combination.</returns>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Credentials that a function adds to the headers.</summary>
    /// <param name="interceptor">The function.</param>
    /// <returns>The credentials.</returns>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a client what these credentials consist of.</summary>
    /// <param name="configurator">Asks.</param>
    /// <param name="state">Passed back to <paramref name="configurator"/>.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
