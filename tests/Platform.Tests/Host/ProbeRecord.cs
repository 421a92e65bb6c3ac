namespace Strata.Platform.Tests.Host;

/// <summary>What the server saw, for tests to wait for.</summary>
internal sealed class ProbeRecord
{
    private int attempts;

    /// <summary>Completes when a call to Hold has reached the handler.</summary>
    internal TaskCompletionSource HoldStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the handler of Hold saw its call cancelled.</summary>
    internal TaskCompletionSource HoldCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Calls to Flaky so far.</summary>
    internal int Attempts => attempts;

    /// <summary>Counts a call to Flaky.</summary>
    /// <returns>Its number, from 1.</returns>
    internal int NextAttempt() => Interlocked.Increment(ref attempts);
}
