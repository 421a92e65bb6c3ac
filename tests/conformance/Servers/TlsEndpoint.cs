namespace Strata.Conformance.Tests.Servers;

/// <summary>An encrypted address and the PEM files that a client needs for it.</summary>
/// <param name="Address">HOST:PORT.</param>
/// <param name="CaFile">The authority to trust.</param>
/// <param name="CertificateFile">The client's certificate.</param>
/// <param name="KeyFile">Its key.</param>
internal sealed record TlsEndpoint(string Address, string CaFile, string CertificateFile, string KeyFile)
{
    /// <summary>The options that tell an executor.</summary>
    public string[] ExecutorOptions => ["--tls", Address, "--ca", CaFile, "--cert", CertificateFile, "--key", KeyFile];
}
