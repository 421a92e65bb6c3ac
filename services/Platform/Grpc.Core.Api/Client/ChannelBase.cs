namespace Grpc.Core;

/// <summary>A long-lived connection, or pool of connections, to one target.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel to a target.</summary>
    /// <param name="target">Address.</param>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The address.</summary>
    public string Target { get; }

    /// <summary>Makes the invoker that starts calls on this channel.</summary>
    /// <returns>The invoker.</returns>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Closes the channel; running calls should have ended.</summary>
    /// <returns>Ends when the channel is closed.</returns>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>What <see cref="ShutdownAsync"/> does; nothing unless overridden.</summary>
    /// <returns>Ends when the channel is closed.</returns>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
