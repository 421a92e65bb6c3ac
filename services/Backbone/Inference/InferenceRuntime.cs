using Microsoft.ML.OnnxRuntime;

namespace Strata.Backbone.Inference;

/// <summary>The one ONNX Runtime environment of the process, with one thread pool for all stages of all models.</summary>
/// <remarks>One pool that does not spin, because a pool per stage that spins makes twelve stages twice as slow as one session
/// (docs/decisions/0002). The environment lives as long as the process: a second instance shares it and its thread count.</remarks>
public sealed class InferenceRuntime : IDisposable
{
    private static readonly Lock Gate = new();
    private bool _disposed;

    /// <exception cref="ArgumentOutOfRangeException">A negative thread count or memory limit.</exception>
    /// <exception cref="BackboneException">InferenceFailed: the native library is missing or does not start.</exception>
    public InferenceRuntime(InferenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.IntraOpThreads, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxActivationBytes, nameof(options));
        Options = options;
        try
        {
            lock (Gate)
            {
                if (!OrtEnv.IsCreated)
                {
                    Start(
                        options.IntraOpThreads == 0 ? Environment.ProcessorCount : options.IntraOpThreads,
                        options.MaxActivationBytes == 0 ? Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, uint.MaxValue) : options.MaxActivationBytes);
                }
            }
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or OnnxRuntimeException)
        {
            throw new BackboneException(BackboneError.InferenceFailed, $"ONNX Runtime's native library does not start: {(e.InnerException ?? e).Message.Split('\n', 2)[0].Trim()} Build again, or reinstall it beside the program.", e);
        }
    }

    /// <summary>What this instance was created with.</summary>
    public InferenceOptions Options { get; }

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    /// <summary>Options for one stage whose weights lie below <paramref name="weightFolder"/>; the caller disposes them.</summary>
    /// <param name="weightFolder">What external weights are relative to.</param>
    /// <param name="onCallersThread">Run on the caller's thread alone: for stages so small that waking another thread takes longer.</param>
    internal SessionOptions CreateSessionOptions(string weightFolder, bool onCallersThread)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = new SessionOptions();
        if (onCallersThread)
        {
            session.IntraOpNumThreads = 1;
        }
        else
        {
            session.DisablePerSessionThreads();
        }

        session.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", weightFolder);
        session.AddSessionConfigEntry("session.use_env_allocators", "1");
        session.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        // A constant of a few bytes can ask for a tensor of terabytes.
        session.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", "67108864");
        if (Options.Cuda)
        {
            UseCuda(session);
        }

        return session;
    }

    private static void UseCuda(SessionOptions session)
    {
        try
        {
            session.AppendExecutionProvider_CUDA();
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException)
        {
            session.Dispose();
            throw new BackboneException(BackboneError.InferenceFailed, "CUDA is asked for (Backbone:Cuda), but this ONNX Runtime cannot use it. Build with -p:OfficialPackages=true and run on a machine with CUDA, or turn Backbone:Cuda off.", e);
        }
    }

    private static void Start(int threads, long maxActivationBytes)
    {
        RuntimeReports.Disable();
        using var pool = new OrtThreadingOptions { GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1, GlobalSpinControl = false };
        // Failures come as exceptions; the runtime's own log would repeat them on stderr.
        var creation = new EnvironmentCreationOptions { logId = "strata", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, threadOptions = pool };
        var environment = OrtEnv.CreateInstanceWithOptions(ref creation);

        // One arena for all stages: what one stage frees, the next one takes. Bounded, because a constant of eight bytes in a hostile
        // graph can ask for all of the machine's memory.
        const uint unbounded = 0;
        using var arena = new OrtArenaCfg(maxActivationBytes > uint.MaxValue ? unbounded : (uint)maxActivationBytes, -1, -1, -1);
        environment.CreateAndRegisterAllocator(OrtMemoryInfo.DefaultInstance, arena);
    }
}
