namespace Strata.Backbone.Inference;

/// <summary>How this process computes.</summary>
public sealed record InferenceOptions
{
    /// <summary>Threads that share the work of one operator, over all models together. <value>The default is 0: the number of processors.</value></summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Most bytes of activations, over all runs together; a run that would need more fails alone, as InferenceFailed, instead of
    /// bringing the process down. Weights do not count. ONNX Runtime can bound up to 4 GiB; a larger number means no bound.
    /// <value>The default is 0: half of the memory that the process may use, at most 4 GiB.</value></summary>
    public long MaxActivationBytes { get; init; }

    /// <summary>Run on the first CUDA device; needs the official GPU package. <value>The default is false: the CPU.</value></summary>
    public bool Cuda { get; init; }
}
