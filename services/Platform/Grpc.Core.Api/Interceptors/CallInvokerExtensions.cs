namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of an invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts one interceptor in front of an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Sees the calls first.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Puts interceptors in front of an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The first of them sees the calls first.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(invoker, Intercept);
    }

    /// <summary>Changes the headers of every call of an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Receives the call's headers (empty where it has none) and returns those to send.</param>
    /// <returns>The intercepted invoker.</returns>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new MetadataInterceptor(interceptor));
    }
}
