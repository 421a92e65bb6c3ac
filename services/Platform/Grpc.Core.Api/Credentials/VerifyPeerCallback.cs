namespace Grpc.Core;

/// <summary>Looks at a server's certificate after the usual checks.</summary>
/// <param name="context">The certificate.</param>
/// <returns>False ends the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
