using System.ComponentModel.DataAnnotations;

namespace Strata.Decoding.Service.Options;

/// <summary>Configuration of the Decoding host, section <c>Decoding</c>. docs/options.md has one row for each property.</summary>
public sealed class DecodingOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Decoding";

    /// <summary>JSON file with any of these options, below the environment and the command line. Its backbones and default backbone are taken over whenever it changes; the rest is read at start. Empty means none.</summary>
    /// <value>The default is empty.</value>
    public string ConfigFile { get; set; } = "";

    /// <summary>IP address and port to listen on; port 0 takes a free one.</summary>
    /// <value>The default is 127.0.0.1:50051.</value>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:50051";

    /// <summary>IP address and port for JSON over HTTP/1.1, port 0 takes a free one; empty for none. JSON over HTTP/2 needs no port of its own.</summary>
    /// <value>The default is empty.</value>
    public string HttpListen { get; set; } = "";

    /// <summary>Backbones: name to address and model.</summary>
    /// <value>Required: at least one.</value>
    [Required, MinLength(1, ErrorMessage = "Decoding:Backbones names no backbone; set Decoding__Backbones__NAME__Address=http://HOST:PORT.")]
    public Dictionary<string, BackboneEndpointOptions> Backbones { get; set; } = [];

    /// <summary>Name of the backbone that requests without a name get. Empty means the only one; with several, such requests are refused.</summary>
    /// <value>The default is empty.</value>
    public string DefaultBackbone { get; set; } = "";

    /// <summary>Deadline of a call that brings none. Unit: seconds.</summary>
    /// <value>The default is 60.</value>
    [Range(1, 86_400)]
    public int DefaultDeadlineSeconds { get; set; } = 60;

    /// <summary>Requests of one DecodeStream that are answered at once; more wait unread, so that the caller feels the pressure.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 4096)]
    public int MaxStreamConcurrency { get; set; } = 64;

    /// <summary>Most texts of one BatchDecode.</summary>
    /// <value>The default is 1024.</value>
    [Range(1, 1024)]
    public int MaxBatchTexts { get; set; } = 1024;

    /// <summary>Most characters of one text; a longer one is refused before it travels. Unit: UTF-16 code units.</summary>
    /// <value>The default is 1,000,000.</value>
    [Range(1, 4_000_000)]
    public int MaxTextLength { get; set; } = 1_000_000;

    /// <summary>Contexts of demonstrations.</summary>
    public ContextOptions Contexts { get; set; } = new();
}
