namespace Strata.Backbone.Admission;

/// <summary>Bounds the runs that compute at once and the runs that wait: overload is answered before any work or memory is taken.</summary>
public sealed class ComputePermits : IDisposable
{
    private readonly SemaphoreSlim _permits;
    private readonly int _maxAdmitted;
    private int _admitted;

    /// <summary>Creates the permits.</summary>
    /// <param name="maxConcurrent">Runs that may compute at once, at least 1.</param>
    /// <param name="maxQueued">Runs that may wait, at least 0.</param>
    public ComputePermits(int maxConcurrent, int maxQueued)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrent, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxQueued);
        _permits = new SemaphoreSlim(maxConcurrent, maxConcurrent);
        _maxAdmitted = maxConcurrent + maxQueued;
    }

    /// <summary>Runs admitted now, computing or waiting.</summary>
    public int Admitted => Volatile.Read(ref _admitted);

    /// <summary>Takes a permit, waiting in the queue if it must. Dispose the result to give it back.</summary>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <returns>The permit.</returns>
    /// <exception cref="BackboneException">Overloaded: all permits and the queue are taken.</exception>
    public async ValueTask<Permit> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _admitted) > _maxAdmitted)
        {
            Interlocked.Decrement(ref _admitted);
            throw new BackboneException(
                BackboneError.Overloaded,
                $"All {_maxAdmitted} places are taken (computing and waiting); try again shortly.")
            {
                Metadata = new Dictionary<string, string> { ["maxAdmitted"] = $"{_maxAdmitted}" },
            };
        }

        try
        {
            await _permits.WaitAsync(cancellationToken);
        }
        catch
        {
            Interlocked.Decrement(ref _admitted);
            throw;
        }

        return new Permit(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _permits.Dispose();

    /// <summary>A place among the admitted runs, and while it is not paused the right to compute. Disposing gives both back once. Not thread-safe.</summary>
    public sealed class Permit : IDisposable
    {
        private readonly ComputePermits _owner;
        private bool _computing = true;
        private bool _disposed;

        internal Permit(ComputePermits owner) => _owner = owner;

        /// <summary>Lets another run compute while this one waits for its reader, until <see cref="ResumeAsync"/>; the place stays taken. A write
        /// that is complete already pauses nothing.</summary>
        /// <param name="write">The write, already begun.</param>
        /// <returns>The write.</returns>
        public Task PauseDuring(Task write)
        {
            ArgumentNullException.ThrowIfNull(write);
            if (!write.IsCompleted)
            {
                Pause();
            }

            return write;
        }

        /// <summary>Waits for the right to compute again; returns at once if the permit is not paused.</summary>
        /// <param name="cancellationToken">Stops waiting.</param>
        /// <returns>Completes with the right to compute.</returns>
        public async ValueTask ResumeAsync(CancellationToken cancellationToken)
        {
            if (!_computing)
            {
                await _owner._permits.WaitAsync(cancellationToken);
                _computing = true;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_disposed)
            {
                _disposed = true;
                Pause();
                Interlocked.Decrement(ref _owner._admitted);
            }
        }

        private void Pause()
        {
            if (_computing)
            {
                _computing = false;
                _owner._permits.Release();
            }
        }
    }
}
