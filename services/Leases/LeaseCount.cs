namespace Strata.Leases;

/// <summary>Counts the calls that use a thing, so that what replaces it need not wait for them: once retired, the thing is freed when the
/// last call returns it. Thread-safe.</summary>
/// <param name="free">Frees the thing; called once.</param>
public sealed class LeaseCount(Action free)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _leases;
    private bool _retired;

    /// <summary>Calls that use the thing now.</summary>
    public int Leases
    {
        get
        {
            lock (_gate)
            {
                return _leases;
            }
        }
    }

    /// <summary>Ends when the thing was freed.</summary>
    public Task Freed => _freed.Task;

    /// <summary>Keeps the thing until the lease is disposed.</summary>
    /// <param name="value">The thing, or what owns it.</param>
    /// <returns>Null if it was retired: ask for what replaced it.</returns>
    public Lease<T>? TryLease<T>(T value)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return null;
            }

            _leases++;
            return new Lease<T>(value, this);
        }
    }

    /// <summary>Keeps the thing for longer than the lease that the caller holds, even if it was retired since.</summary>
    /// <exception cref="ObjectDisposedException">Nobody held it any more.</exception>
    public Lease<T> LeaseAlso<T>(T value)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_retired && _leases == 0, this);
            _leases++;
            return new Lease<T>(value, this);
        }
    }

    /// <summary>No new leases; frees the thing now or with the last lease. A second time it does nothing.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            if (_retired)
            {
                return;
            }

            _retired = true;
            if (_leases > 0)
            {
                return;
            }
        }

        Free();
    }

    internal void Return()
    {
        lock (_gate)
        {
            if (--_leases > 0 || !_retired)
            {
                return;
            }
        }

        Free();
    }

    private void Free()
    {
        free();
        _freed.SetResult();
    }
}
