namespace Strata.Backbone.Models;

/// <summary>What a model folder may claim before it is refused as <see cref="BackboneError.ModelInvalid"/>. Defaults fit models of 100 billion parameters.</summary>
public sealed record ModelLimits
{
    /// <summary>Largest config.json, in bytes. <value>The default is 4 MiB.</value></summary>
    public long MaxConfigBytes { get; init; } = 4L << 20;

    /// <summary>Most nodes of a graph. <value>The default is 200,000.</value></summary>
    public int MaxNodes { get; init; } = 200_000;

    /// <summary>Most initializers of a graph. <value>The default is 100,000.</value></summary>
    public int MaxInitializers { get; init; } = 100_000;

    /// <summary>Longest name of a node, a value or an operator, in UTF-16 units. <value>The default is 4,096.</value></summary>
    public int MaxNameLength { get; init; } = 4096;

    /// <summary>Most bytes of the graph that are held in memory while it is cut: everything but large weights, which stay in the file. <value>The default is 512 MiB.</value></summary>
    public long MaxInlineBytes { get; init; } = 512L << 20;

    /// <summary>Most layers. <value>The default is 1,024.</value></summary>
    public int MaxLayers { get; init; } = 1024;

    /// <summary>Most inputs or outputs of the graph. <value>The default is 8,192.</value></summary>
    public int MaxGraphValues { get; init; } = 8192;
}
