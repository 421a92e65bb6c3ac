using Microsoft.Extensions.Logging;

namespace Strata.Interop.Tests.Host;

/// <summary>
/// Counts the connections that Kestrel ends because a client reset a stream that it never opened, as HTTP/2 asks (RFC 9113, 5.1).
/// grpcio 1.51 does so on a busy machine when a call is over before its headers are written; its next call then finds no connection.
/// </summary>
internal sealed class IdleResetCount : ILoggerProvider, ILogger
{
    public const string Category = "Microsoft.AspNetCore.Server.Kestrel.Http2";
    private int _value;

    public int Value => Volatile.Read(ref _value);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == "Http2ConnectionError" && exception!.Message.Contains("RST_STREAM frame to idle stream", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _value);
        }
    }

    public void Dispose()
    {
    }
}
