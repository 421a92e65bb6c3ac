using System.ComponentModel.DataAnnotations;

namespace Strata.Decoding.Service.Options;

/// <summary>Where a backbone is.</summary>
public sealed class BackboneEndpointOptions
{
    /// <summary>Address of the Backbone, such as <c>http://127.0.0.1:50052</c>.</summary>
    /// <value>Required.</value>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>Name of the model on that Backbone. Empty means the only one it hosts.</summary>
    /// <value>The default is empty.</value>
    public string Model { get; set; } = "";
}
