using Grpc.Core;
using Strata.Client;

namespace Strata.Cli.Bench;

/// <summary>The connections of a run, to one of the two services.</summary>
internal sealed class Connections(IReadOnlyList<StrataClient> decoding, IReadOnlyList<BackboneClient> backbone) : IDisposable
{
    public IReadOnlyList<StrataClient> Decoding => decoding;

    public IReadOnlyList<BackboneClient> Backbone => backbone;

    /// <summary>Makes all connections, and says why one cannot be made; null if all are. A server that refuses the question is there.</summary>
    /// <param name="patience">Time for each.</param>
    /// <param name="interrupted">Cancelled by Ctrl-C.</param>
    public async Task<string?> UnreachableAsync(TimeSpan patience, CancellationToken interrupted)
    {
        Func<CancellationToken, Task>[] checks =
        [
            .. decoding.Select(client => (Func<CancellationToken, Task>)(stop => client.HealthAsync("", stop))),
            .. backbone.Select(client => (Func<CancellationToken, Task>)(stop => client.HealthAsync("", stop))),
        ];
        foreach (var check in checks)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
            limit.CancelAfter(patience);
            try
            {
                await check(limit.Token).ConfigureAwait(false);
            }
            catch (StrataException failure) when (failure.Code is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                return failure.Message;
            }
            catch (StrataException)
            {
                // Such as UNIMPLEMENTED or UNAUTHENTICATED: somebody answered, and the calls will tell.
            }
            catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
            {
                return $"no answer within {patience.TotalSeconds} s.";
            }
            catch (OperationCanceledException)
            {
                return null; // The run that follows ends at once.
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var client in decoding)
        {
            client.Dispose();
        }

        foreach (var client in backbone)
        {
            client.Dispose();
        }
    }
}
