using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Strata.Services.Tests.Pair;

/// <summary>Waits for what one logger says next; add it to a host's logger factory.</summary>
/// <param name="category">Full name of the logger.</param>
internal sealed class LogSignal(string category) : ILoggerProvider
{
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

    /// <summary>The next message that was not yet read and holds some words.</summary>
    /// <exception cref="TimeoutException">It did not come for half a minute.</exception>
    public async Task<string> UntilAsync(string words, CancellationToken cancellation)
    {
        var others = new List<string>();
        while (true)
        {
            string said;
            try
            {
                said = await _said.Reader.ReadAsync(cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellation);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"{category} never said \"{words}\", but: {string.Join(" | ", others)}");
            }

            if (said.Contains(words, StringComparison.Ordinal))
            {
                return said;
            }

            others.Add(said);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName == category ? _said.Writer : null);

    public void Dispose()
    {
    }

    private sealed class Logger(ChannelWriter<string>? said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => said is not null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said?.TryWrite(formatter(state, exception));
    }
}
