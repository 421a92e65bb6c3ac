using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Strata.ServiceDefaults.Reflection;

/// <summary>The questions of one reflection stream.</summary>
internal static class ReflectionQuestions
{
    /// <summary>Reads questions until there are no more or the process begins to stop: tools keep these streams open while nobody asks, and
    /// an idle one must not hold the process.</summary>
    public static async IAsyncEnumerable<T> ReadUntilAsync<T>(
        this IAsyncStreamReader<T> questions, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellation);
        while (true)
        {
            try
            {
                if (!await questions.MoveNext(either.Token))
                {
                    yield break;
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                yield break;
            }

            yield return questions.Current;
        }
    }
}
