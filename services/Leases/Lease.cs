namespace Strata.Leases;

/// <summary>A call's hold on a thing, which is freed only afterwards. Dispose it; a second time does nothing.</summary>
/// <typeparam name="T">What is held.</typeparam>
public sealed class Lease<T> : IDisposable
{
    private LeaseCount? _count;

    internal Lease(T value, LeaseCount count) => (Value, _count) = (value, count);

    /// <summary>What is held.</summary>
    public T Value { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _count, null)?.Return();
}
