using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Cli.Output;

/// <summary>Standard output where it is a file or a pipe. The console's own stream takes and drops what nobody reads, so that
/// <c>strata decode - | head -1</c> would work on to the end of its input.</summary>
internal sealed class AnswerStream(Stream console) : Stream
{
    private const int StandardOutput = 1;
    private const short ErrorOrHangUp = 0x0008 | 0x0010; // POLLERR, POLLHUP

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Makes it the console's output where no terminal is.</summary>
    public static void Install()
    {
        if (Console.IsOutputRedirected)
        {
            Console.SetOut(new StreamWriter(new AnswerStream(Console.OpenStandardOutput()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
        }
    }

    /// <exception cref="OutputException">There is no room.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (ReaderLeft())
        {
            // At once, as SIGPIPE ends other programs: what waits for more input could not be told to stop.
            Environment.Exit(ExitCodes.ReaderLeft);
        }

        try
        {
            console.Write(buffer);
        }
        catch (IOException failure)
        {
            throw new OutputException($"The answers cannot be written: {failure.Message.TrimEnd('.')}.");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => console.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Asked without waiting and for no event; these two are told all the same.
    private static bool ReaderLeft()
    {
        var asked = new PollFile { File = StandardOutput };
        return !OperatingSystem.IsWindows() && Poll(ref asked, 1, 0) > 0 && (asked.Told & ErrorOrHangUp) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollFile files, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Wanted;
        public short Told;
    }
}
