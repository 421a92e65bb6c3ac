namespace Grpc.Core;

/// <summary>Options of one call; immutable, each <c>With</c> method returns a changed copy.</summary>
/// <param name="headers">Request headers, or null.</param>
/// <param name="deadline">When the call fails with <see cref="StatusCode.DeadlineExceeded"/>, in UTC; null never.</param>
/// <param name="cancellationToken">Cancels the call.</param>
/// <param name="writeOptions">Options of the writes, or null.</param>
/// <param name="propagationToken">Context of the parent call, or null.</param>
/// <param name="credentials">Credentials of this call, or null.</param>
public struct CallOptions(
    Metadata? headers = null,
    DateTime? deadline = null,
    CancellationToken cancellationToken = default,
    WriteOptions? writeOptions = null,
    ContextPropagationToken? propagationToken = null,
    CallCredentials? credentials = null)
{
    /// <summary>Request headers, or null.</summary>
    public Metadata? Headers { get; private set; } = headers;

    /// <summary>When the call must have ended, in UTC; null never.</summary>
    public DateTime? Deadline { get; private set; } = deadline;

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; } = cancellationToken;

    /// <summary>Options of the writes, or null.</summary>
    public WriteOptions? WriteOptions { get; private set; } = writeOptions;

    /// <summary>Context of the parent call, or null.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; } = propagationToken;

    /// <summary>Credentials of this call, or null.</summary>
    public CallCredentials? Credentials { get; private set; } = credentials;

    /// <summary>Whether the call waits for a connection instead of failing at once.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>Copy with other headers.</summary>
    /// <param name="headers">Request headers.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>Copy with another deadline.</summary>
    /// <param name="deadline">UTC.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>Copy with another cancellation token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>Copy with other write options.</summary>
    /// <param name="writeOptions">Options of the writes.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>Copy with another parent.</summary>
    /// <param name="propagationToken">Context of the parent call.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    /// <summary>Copy with other credentials.</summary>
    /// <param name="credentials">Credentials of this call.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>Copy that waits for a connection, or does not.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    /// <returns>The copy.</returns>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
