using System.ComponentModel.DataAnnotations;

namespace Strata.Backbone.Service.Options;

/// <summary>Configuration of the Backbone host, section <c>Backbone</c>. docs/options.md has one row for each property.</summary>
public sealed class BackboneOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Backbone";

    /// <summary>IP address and port to listen on; port 0 takes a free one.</summary>
    /// <value>The default is 127.0.0.1:50052.</value>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:50052";

    /// <summary>IP address and port for JSON over HTTP/1.1, port 0 takes a free one; empty for none. JSON over HTTP/2 needs no port of its own.</summary>
    /// <value>The default is empty.</value>
    public string HttpListen { get; set; } = "";

    /// <summary>Hosted models: name to folder with <c>config.json</c>, <c>model.onnx</c> and, for text, <c>tokenizer.json</c>. A relative folder starts at the working directory.</summary>
    /// <value>Required: at least one.</value>
    [Required, MinLength(1, ErrorMessage = "Backbone:Models names no model; set Backbone__Models__NAME=FOLDER.")]
    public Dictionary<string, string> Models { get; set; } = [];

    /// <summary>Folder below which SwapModel may take models; empty refuses to swap. A relative folder starts at the working directory.</summary>
    /// <value>The default is empty.</value>
    public string ModelRoot { get; set; } = "";

    /// <summary>Threads that one run may use. 0 means one for each processor.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 1024)]
    public int IntraOpThreads { get; set; }

    /// <summary>Compute on the first CUDA device. Needs a build with -p:OfficialPackages=true; without one the start ends with a sentence that says so.</summary>
    /// <value>The default is false: the processor.</value>
    public bool Cuda { get; set; }

    /// <summary>Most memory that all runs' activations may take together; a run that needs more ends with INFERENCE_FAILED. Unit: bytes. 0 means half the machine's memory, at most 4 GiB.</summary>
    /// <value>The default is 0.</value>
    [Range(0, long.MaxValue)]
    public long MaxActivationBytes { get; set; }

    /// <summary>Runs that compute at once.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 1024)]
    public int MaxConcurrentRuns { get; set; } = 2;

    /// <summary>Runs that may wait for a permit; one more is answered RESOURCE_EXHAUSTED.</summary>
    /// <value>The default is 256.</value>
    [Range(0, 1_000_000)]
    public int MaxQueuedRuns { get; set; } = 256;

    /// <summary>Most rows of one StreamLayers call.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 4096)]
    public int MaxRows { get; set; } = 64;

    /// <summary>Most tokens of one row, on top of the model's own limit.</summary>
    /// <value>The default is 8192.</value>
    [Range(1, 1_000_000)]
    public int MaxTokens { get; set; } = 8192;

    /// <summary>Most memory of all resident contexts together, those being compiled and uploaded included; the least recently used makes room. Unit: bytes.</summary>
    /// <value>The default is 1,073,741,824 (1 GiB).</value>
    [Range(0, long.MaxValue)]
    public long MaxContextBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Most values one readout frame may hold for all rows together; larger requests are refused before memory is taken.</summary>
    /// <value>The default is 67,108,864 (256 MiB of FP32).</value>
    [Range(1024, int.MaxValue)]
    public int MaxFrameValues { get; set; } = 64 * 1024 * 1024;
}
