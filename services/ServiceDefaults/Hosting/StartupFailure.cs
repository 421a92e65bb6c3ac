using Microsoft.AspNetCore.Connections;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>Says in one sentence why a host did not start.</summary>
public static class StartupFailure
{
    /// <summary>Exit code of a host that could not start.</summary>
    public const int ExitCode = 1;

    /// <summary>Finds the sentence for the failures an operator can mend.</summary>
    /// <param name="exception">What starting threw.</param>
    /// <returns>The sentence, or null for a failure nobody foresaw (let its stack trace be seen).</returns>
    public static string? Describe(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case StartupException:
                    return cause.Message;
                case AddressInUseException:
                    return $"The port is taken: {exception.Message.TrimEnd('.')}. Stop the other program or choose another port.";
                case DllNotFoundException:
                    return $"A native library is missing: {FirstLine(cause.Message)}. Build again (the build copies it), or install it.";
                default:
                    break;
            }
        }

        return null;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('.', '\r');
}
