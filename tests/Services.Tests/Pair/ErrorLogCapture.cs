using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Strata.Services.Tests.Pair;

/// <summary>Collects what a host logs as an error: a test that does not expect one must see none.</summary>
internal sealed class ErrorLogCapture : ILoggerProvider
{
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Fails with every error in full, of which Assert.Empty shows the beginning.</summary>
    public void AssertEmpty() => Assert.True(Errors.IsEmpty, string.Join('\n', Errors));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, Errors);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        // A caller that resets its call, or loses its connection, while the one request is read: gRPC's server logs that as an error before any
        // code of ours runs.
        private static bool IsCallersReset(EventId id, Exception? exception) =>
            id.Name == "ErrorExecutingServiceMethod" && exception is IOException { Message: "The client reset the request stream." or "The request stream was aborted." };

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error && !IsCallersReset(eventId, exception))
            {
                errors.Enqueue($"{category} {eventId.Name}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
