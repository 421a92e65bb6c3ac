namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts one interceptor in front of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Sees the calls first.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        NewInvoker(channel).Intercept(interceptor);

    /// <summary>Puts interceptors in front of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The first of them sees the calls first.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        NewInvoker(channel).Intercept(interceptors);

    /// <summary>Changes the headers of every call of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Receives the call's headers (empty where it has none) and returns those to send.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        NewInvoker(channel).Intercept(interceptor);

    private static CallInvoker NewInvoker(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
