using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Contexts;

/// <summary>Disk space set aside until it is disposed. One object however often it grows, since a caller chooses how small the parts of an
/// import are.</summary>
/// <param name="store">Whose space.</param>
/// <param name="replaced">Context whose space becomes free; null for none.</param>
internal sealed class ContextSpace(ContextStore store, string? replaced) : IDisposable
{
    private long _bytes;

    /// <summary>Sets more aside; not thread-safe.</summary>
    /// <exception cref="RichErrorException">CONTEXT_STORE_FULL: what was set aside stays so.</exception>
    public void Grow(long bytes)
    {
        store.Take(bytes, replaced);
        _bytes += bytes;
    }

    public void Dispose()
    {
        store.GiveBack(_bytes);
        _bytes = 0;
    }
}
