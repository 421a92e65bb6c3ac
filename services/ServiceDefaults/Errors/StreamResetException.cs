namespace Strata.ServiceDefaults.Errors;

/// <summary>The caller reset the stream while its messages were read.</summary>
internal sealed class StreamResetException(IOException cause) : IOException("The caller reset the stream.", cause);
