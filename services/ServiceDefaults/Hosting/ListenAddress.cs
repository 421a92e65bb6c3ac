using System.Net;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>Reads the address a host listens on.</summary>
public static class ListenAddress
{
    /// <summary>Parses <c>address:port</c>, such as <c>127.0.0.1:50051</c> or <c>[::]:50051</c>.</summary>
    /// <param name="text">IP address and port 0..65535; 0 takes a free port.</param>
    /// <param name="option">Name of the option, for the message.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="StartupException">The text is not an address and a port.</exception>
    public static IPEndPoint Parse(string text, string option) =>
        text.Contains(':') && IPEndPoint.TryParse(text, out var endpoint)
            ? endpoint
            : throw new StartupException($"{option} is \"{text}\"; it must be an IP address and a port, such as 127.0.0.1:50051.");
}
