namespace Strata.ServiceDefaults.Hosting;

/// <summary>A host cannot start, for a reason that its operator can mend.</summary>
/// <param name="message">One sentence: what is wrong and what to do.</param>
/// <param name="innerException">What lies behind it.</param>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
