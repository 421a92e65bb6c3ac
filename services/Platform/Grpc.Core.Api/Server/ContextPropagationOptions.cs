namespace Grpc.Core;

/// <summary>What a child call takes over from its parent.</summary>
/// <param name="propagateDeadline">Whether it takes over the deadline.</param>
/// <param name="propagateCancellation">Whether it is cancelled with its parent.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Takes over deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the child takes over the deadline.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether the child is cancelled with its parent.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
