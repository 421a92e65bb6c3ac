namespace Strata.ServiceDefaults.Leases;

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

    /// <summary>Keeps the thing until <see cref="Return"/>.</summary>
    /// <returns>False if it was retired: ask for what replaced it.</returns>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            _leases++;
            return true;
        }
    }

    /// <summary>Keeps the thing for longer than the lease that the caller holds, even if it was retired since.</summary>
    /// <exception cref="ObjectDisposedException">Nobody held it any more.</exception>
    public void TakeAlso()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_retired && _leases == 0, this);
            _leases++;
        }
    }

    /// <summary>Ends one lease.</summary>
    public void Return()
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

    private void Free()
    {
        free();
        _freed.SetResult();
    }
}
