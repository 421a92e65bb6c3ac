using System.Runtime.InteropServices;

namespace Strata.Backbone.Inference;

/// <summary>Keeps ONNX Runtime from reporting to its makers. Some of its builds note every session together with an id of the machine and
/// the program's path in the user's folder, and send that over the network.</summary>
internal static partial class RuntimeReports
{
    /// <summary>What the native library reads when its environment is created.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Turns reports off for this process, whatever the variable said; call it before the environment is created.</summary>
    public static void Disable()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // Elsewhere .NET's environment is a copy, which native code does not see.
            _ = SetNative(Variable, "1", overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
