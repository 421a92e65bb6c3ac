using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Strata.Client;

/// <summary>Waits for calls and gives their failures the type of this library.</summary>
internal static class Calls
{
    public static async Task<T> AnswerAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellation)
    {
        using (call)
        {
            return await GuardAsync(() => call.ResponseAsync, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The messages of a stream; leaving the loop early cancels the call.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<CancellationToken, AsyncServerStreamingCall<T>> start,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var call = start(cancellation);
        while (await GuardAsync(() => call.ResponseStream.MoveNext(cancellation), cancellation).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <summary>All pages, one after another.</summary>
    /// <param name="page">Fetches the page of a token: its items and the next token, empty after the last page.</param>
    public static async Task<IReadOnlyList<T>> AllPagesAsync<T>(Func<string, Task<(IEnumerable<T> Items, string Next)>> page)
    {
        var all = new List<T>();
        var token = "";
        do
        {
            (var items, token) = await page(token).ConfigureAwait(false);
            all.AddRange(items);
        }
        while (token.Length > 0);
        return all;
    }

    /// <summary>Sends one message of a stream, or its end. False: the call is over, and its answer says why.</summary>
    public static async Task<bool> SendAsync(Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException)
        {
            return false;
        }
    }

    public static async Task<T> GuardAsync<T>(Func<Task<T>> wait, CancellationToken cancellation)
    {
        try
        {
            return await wait().ConfigureAwait(false);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The call was cancelled.", failure, cancellation);
        }
        catch (RpcException failure)
        {
            throw StrataException.From(failure);
        }
    }
}
