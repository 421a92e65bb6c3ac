using System.Diagnostics;
using System.Text;

namespace Strata.Conformance.Tests.Clients;

/// <summary>A running program that is spoken to in lines; it ends with its input.</summary>
internal sealed class LineProcess : IAsyncDisposable
{
    // Far above what any line takes; only a hanging program meets it.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <summary>Starts the program.</summary>
    public LineProcess(string program, IEnumerable<string> arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public async Task WriteAsync(string line)
    {
        using var limit = Limit();
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), limit.Token);
        await _process.StandardInput.FlushAsync(limit.Token);
    }

    /// <summary>The next line; a program that has ended fails with what it said of errors.</summary>
    public async Task<string> ReadAsync()
    {
        using var limit = Limit();
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        return line ?? throw new InvalidOperationException($"The program {_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} ended: {await _errors}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(_limit);
            await _process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_limit);
        return limit;
    }
}
