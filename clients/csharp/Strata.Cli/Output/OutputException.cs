namespace Strata.Cli.Output;

/// <summary>Standard output takes nothing more; the message says why.</summary>
internal sealed class OutputException(string message) : Exception(message);
