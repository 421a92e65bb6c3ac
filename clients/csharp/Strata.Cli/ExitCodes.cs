namespace Strata.Cli;

/// <summary>What the shell gets; docs/cli.md lists them.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The server refused something, or a part of what was asked failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was called.</summary>
    public const int Usage = 2;

    /// <summary>Nothing answers at the address.</summary>
    public const int Unreachable = 3;

    /// <summary>A threshold of <c>strata bench</c> is exceeded.</summary>
    public const int ThresholdExceeded = 4;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read standard output has left: 128 and the number of SIGPIPE, as of other programs.</summary>
    public const int ReaderLeft = 141;
}
