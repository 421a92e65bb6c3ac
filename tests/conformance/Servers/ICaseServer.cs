namespace Strata.Conformance.Tests.Servers;

/// <summary>What the executors call; a case file names the kind it needs.</summary>
internal interface ICaseServer : IAsyncDisposable
{
    /// <summary>HOST:PORT of Decoding.</summary>
    string Decoding { get; }

    /// <summary>HOST:PORT of a Backbone.</summary>
    string Backbone { get; }

    /// <summary>Decoding once more, over TLS; null if this server has none.</summary>
    TlsEndpoint? Tls => null;
}
