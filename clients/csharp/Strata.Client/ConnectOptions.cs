namespace Strata.Client;

/// <summary>How a client reaches its server.</summary>
public sealed record ConnectOptions
{
    /// <summary>True for TLS with the roots that the system trusts. <see cref="CaFile"/> and <see cref="ClientCertificateFile"/> imply it.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file of the certificate authorities to trust instead of the system's. Null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the certificate that names this client to the server. Null: none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>PEM file of the certificate's key. Null: it stands in <see cref="ClientCertificateFile"/>.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Sent with each call as <c>authorization: Bearer KEY</c>. Null: nothing is sent.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Deadline of a unary call that names none. Null or <see cref="Timeout.InfiniteTimeSpan"/>: it may take forever. Streams have no deadline unless the call names one.</summary>
    public TimeSpan? DefaultDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether idempotent unary calls are made again on UNAVAILABLE. False for a caller that has to see every failure, such as a load test.</summary>
    public bool Retry { get; init; } = true;

    /// <summary>Whether the connection is encrypted.</summary>
    internal bool UsesTls => Tls || CaFile is not null || ClientCertificateFile is not null;
}
