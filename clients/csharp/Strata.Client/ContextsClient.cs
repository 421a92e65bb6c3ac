using Google.Protobuf;
using Strata.Contracts.Decoding.V1;

namespace Strata.Client;

/// <summary>Contexts: demonstrations compiled once, which any number of texts then continue. Errors as <see cref="StrataClient"/>.</summary>
public sealed class ContextsClient
{
    // A message stays well below the 4 MiB that a gRPC server takes.
    private const int ChunkBytes = 256 * 1024;

    private readonly Connection _connection;
    private readonly DecodingService.DecodingServiceClient _rpc;

    internal ContextsClient(Connection connection, DecodingService.DecodingServiceClient rpc) => (_connection, _rpc) = (connection, rpc);

    /// <summary>Compiles demonstrations and stores them. One recipe on one model is one context: asking again finds it.</summary>
    /// <param name="request">The recipe, its backbone and its life.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<CreateContextResponse> CreateAsync(CreateContextRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AnswerAsync(_rpc.CreateContextAsync(request, _connection.Unary(deadline, cancellation)), cancellation);

    /// <summary>Describes a context.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<Context> GetAsync(string id, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var call = _rpc.GetContextAsync(new GetContextRequest { Id = id }, _connection.Unary(deadline, cancellation));
        return (await Calls.AnswerAsync(call, cancellation).ConfigureAwait(false)).Context;
    }

    /// <summary>Lists contexts, all pages, by id.</summary>
    /// <param name="backbone">Only those of this backbone; empty: all.</param>
    /// <param name="deadline">Time each page may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task<IReadOnlyList<Context>> ListAsync(string backbone = "", TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AllPagesAsync<Context>(async token =>
        {
            var request = new ListContextsRequest { Backbone = backbone, PageToken = token };
            var page = await Calls.AnswerAsync(_rpc.ListContextsAsync(request, _connection.Unary(deadline, cancellation)), cancellation).ConfigureAwait(false);
            return (page.Contexts, page.NextPageToken);
        });

    /// <summary>Keeps a context from expiring, or lets it expire again.</summary>
    /// <param name="request">Its id and whether it is pinned.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<Context> PinAsync(PinContextRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var call = _rpc.PinContextAsync(request, _connection.Unary(deadline, cancellation));
        return (await Calls.AnswerAsync(call, cancellation).ConfigureAwait(false)).Context;
    }

    /// <summary>Deletes a context; calls that use it finish.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="deadline">Time the call may take; null: the default of the options.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task DeleteAsync(string id, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.AnswerAsync(_rpc.DeleteContextAsync(new DeleteContextRequest { Id = id }, _connection.Unary(deadline, cancellation)), cancellation);

    /// <summary>Writes a context to a file, for <see cref="ImportAsync"/> elsewhere.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="file">Where the bytes go.</param>
    /// <param name="deadline">Time the call may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the call; the file then holds a part.</param>
    public async Task ExportAsync(string id, Stream file, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        var chunks = Calls.ReadAsync(stop => _rpc.ExportContext(new ExportContextRequest { Id = id }, _connection.Stream(deadline, stop)), cancellation);
        await foreach (var chunk in chunks.ConfigureAwait(false))
        {
            await file.WriteAsync(chunk.Data.Memory, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a context from a file. Damaged bytes: DATA_LOSS, reason CONTEXT_CORRUPT.</summary>
    /// <param name="file">Where the bytes come from, read to the end.</param>
    /// <param name="deadline">Time the call may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the call; nothing is stored then.</param>
    public async Task<Context> ImportAsync(Stream file, TimeSpan? deadline = null, CancellationToken cancellation = default)
    {
        using var call = _rpc.ImportContext(_connection.Stream(deadline, cancellation));
        var buffer = new byte[ChunkBytes];
        var open = true;
        int read;
        while (open && (read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false)) > 0)
        {
            var message = new ImportContextRequest { Data = ByteString.CopyFrom(buffer, 0, read) };
            open = await Calls.SendAsync(() => call.RequestStream.WriteAsync(message, cancellation)).ConfigureAwait(false);
        }

        await Calls.SendAsync(call.RequestStream.CompleteAsync).ConfigureAwait(false);
        return (await Calls.GuardAsync(() => call.ResponseAsync, cancellation).ConfigureAwait(false)).Context;
    }

    /// <summary>Measures accuracy and loyalty of a context on labelled queries, with progress; the last message holds the reports.</summary>
    /// <param name="request">The context and its queries.</param>
    /// <param name="deadline">Time the stream may take; null: no limit.</param>
    /// <param name="cancellation">Cancels the stream.</param>
    public IAsyncEnumerable<EvaluateContextResponse> EvaluateAsync(EvaluateContextRequest request, TimeSpan? deadline = null, CancellationToken cancellation = default) =>
        Calls.ReadAsync(stop => _rpc.EvaluateContext(request, _connection.Stream(deadline, stop)), cancellation);
}
