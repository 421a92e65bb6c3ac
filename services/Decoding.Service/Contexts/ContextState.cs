using System.Text.Json;

namespace Strata.Decoding.Service.Contexts;

/// <summary>What changes about a stored context; a small file of its own, replaced as a whole.</summary>
/// <param name="Pinned">Never expires.</param>
/// <param name="TtlSeconds">Time to live since the last use; 0 means for ever.</param>
/// <param name="LastUse">Last use. On disk it may be up to a minute old.</param>
internal sealed record ContextState(bool Pinned, long TtlSeconds, DateTimeOffset LastUse)
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static ContextState Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<ContextState>(file, JsonSerializerOptions.Web) ?? throw new JsonException("empty");
    }

    /// <summary>Replaces the file as a whole.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="durable">False leaves it to the system when it reaches the disk.</param>
    public void Write(string path, bool durable = true) =>
        DurableFile.Write(path, file => JsonSerializer.Serialize(file, this, JsonSerializerOptions.Web), durable);
}
