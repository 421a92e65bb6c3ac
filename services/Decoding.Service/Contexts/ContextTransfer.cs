using Google.Protobuf;
using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.InContext;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Contexts;

/// <summary>Contexts as files: sent as they lie on disk, and taken only after every checksum in them was compared.</summary>
internal sealed class ContextTransfer(ContextStore store, ContextDirectory contexts, DecodingOptions options, TimeProvider time)
{
    private const int PartBytes = 1024 * 1024;

    /// <summary>Sends a context's file. What is damaged does not leave the house: it is compiled anew before.</summary>
    public async Task ExportAsync(string id, Func<ExportContextResponse, Task> send, CallOptions call)
    {
        var context = contexts.Get(id);
        if (Damage(context) is { } damage)
        {
            await contexts.MendAsync(context, damage, call);
        }

        var cancellation = call.CancellationToken;
        await using var file = Open(context);
        var buffer = new byte[PartBytes];
        for (int read; (read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation)) > 0;)
        {
            await send(new ExportContextResponse { Data = ByteString.CopyFrom(buffer.AsSpan(0, read)) });
        }
    }

    public async Task<ImportContextResponse> ImportAsync(IAsyncStreamReader<ImportContextRequest> parts, CancellationToken cancellation)
    {
        var path = store.NewFile();
        using var space = store.Reserve(0);
        try
        {
            Context description;
            Contracts.Backbone.V1.KeyValueHeader keyValues;
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                while (await parts.MoveNext(cancellation))
                {
                    var part = parts.Current.Data;
                    if (part.Length > PartBytes)
                    {
                        throw Rpc.RequestLimits.Invalid("ARGUMENT_INVALID", "data", $"A part has {part.Length} bytes; at most {PartBytes} travel in one message.");
                    }

                    // Space is set aside before each part is written, so that an endless upload ends at the store's limit.
                    space.Grow(part.Length);
                    await file.WriteAsync(part.Memory, cancellation);
                }

                (description, keyValues) = Check(file);
                file.Flush(flushToDisk: true);
            }

            var state = new ContextState(Pinned: false, options.Contexts.DefaultTtlSeconds, time.GetUtcNow());
            // One that is there keeps its pin and its time to live, and gets whole key/values in any case.
            return new ImportContextResponse { Context = ContextMapping.ToWire(store.Adopt(path, description, keyValues, store.Find(description.Id)?.State ?? state)) };
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (Context Description, Contracts.Backbone.V1.KeyValueHeader KeyValues) Check(FileStream file)
    {
        try
        {
            file.Position = 0;
            var (description, keyValues) = ContextFile.ReadHead(file);
            ContextFile.Verify(file);
            var digest = ContextDigest.Compute(RecipeMapping.Read(description.Recipe), description.Fingerprint);
            return digest == description.Id && keyValues.ContextId == digest && keyValues.Fingerprint == description.Fingerprint
                ? (description, keyValues)
                : throw new InvalidDataException("its id is not the digest of its recipe and model");
        }
        catch (Exception failure) when (failure is InvalidDataException or DecodingException or RichErrorException)
        {
            throw new RichErrorException(new RichError(StatusCode.DataLoss, "CONTEXT_CORRUPT", $"The file is not taken: {failure.Message}. Export it again."), failure);
        }
    }

    /// <summary>What is damaged about the file of a context; null if it is whole.</summary>
    private InvalidDataException? Damage(StoredContext context)
    {
        using var file = Open(context);
        try
        {
            ContextFile.ReadHead(file);
            ContextFile.Verify(file);
            return null;
        }
        catch (InvalidDataException damage)
        {
            return damage;
        }
    }

    private FileStream Open(StoredContext context)
    {
        try
        {
            return store.OpenFile(context.Id);
        }
        catch (FileNotFoundException)
        {
            throw ContextDirectory.NotFound(context.Id);
        }
    }
}
