namespace Grpc.Core;

/// <summary>Base of a generated client of one service.</summary>
/// <typeparam name="T">The generated client.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>Client without a channel, for test doubles.</summary>
    protected ClientBase()
    {
    }

    /// <summary>Client with the configuration of another.</summary>
    /// <param name="configuration">The configuration.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>Client on a channel.</summary>
    /// <param name="channel">The channel.</param>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>Client on an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>Copy of this client whose calls go to another host of the same channel.</summary>
    /// <param name="host">Host name sent with each call.</param>
    /// <returns>The copy.</returns>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Makes a copy with a configuration; generated code implements it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>The copy.</returns>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
