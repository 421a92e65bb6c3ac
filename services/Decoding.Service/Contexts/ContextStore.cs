using System.Text.Json;
using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Decoding.Service.Contexts;

/// <summary>The contexts on disk, one file each. What is renamed into the folder is committed; the folder is the index. Thread-safe.</summary>
internal sealed partial class ContextStore : IDisposable
{
    private const string Suffix = ".context";
    private const string StateSuffix = ".state";
    private const string Damaged = ".corrupt";

    private readonly string _folder;
    private readonly ContextOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredContext> _contexts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContextState> _unwritten = new(StringComparer.Ordinal);
    private long _stored;
    private long _reserved;

    private ContextStore(ContextOptions options, TimeProvider time, ILogger logger, FileStream lockFile)
    {
        (_folder, _options, _time, _logger, _lock) = (options.ResolvedFolder, options, time, logger, lockFile);
        foreach (var path in Directory.GetFiles(_folder, "*" + DurableFile.Unfinished))
        {
            File.Delete(path);
        }

        foreach (var path in Directory.GetFiles(_folder, "*" + Suffix))
        {
            Index(path);
        }

        _damaged.UnionWith(Directory.GetFiles(_folder, "*" + Suffix + Damaged).Select(path => Path.GetFileName(path)[..^(Suffix + Damaged).Length]));
        foreach (var path in Directory.GetFiles(_folder, "*" + StateSuffix).Where(path => !_contexts.ContainsKey(Path.GetFileNameWithoutExtension(path))))
        {
            // Left by a crash between a context and its state.
            File.Delete(path);
        }
    }

    /// <summary>Contexts that have not expired, by id.</summary>
    public IReadOnlyList<StoredContext> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _contexts.Values.Where(context => !IsExpired(context))];
            }
        }
    }

    /// <summary>Opens the folder and reads the head of every file.</summary>
    /// <exception cref="StartupException">The folder cannot be used, or another process uses it.</exception>
    public static ContextStore Open(ContextOptions options, TimeProvider time, ILogger logger)
    {
        var folder = options.ResolvedFolder;
        FileStream? lockFile = null;
        try
        {
            Directory.CreateDirectory(folder);
            lockFile = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new ContextStore(options, time, logger, lockFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            lockFile?.Dispose();
            throw new StartupException(
                $"Contexts cannot be kept in {folder}: {failure.Message} Another Decoding process may be using it; name another folder with Decoding:Contexts:Folder.", failure);
        }
    }

    public StoredContext? Find(string id)
    {
        lock (_gate)
        {
            return _contexts.TryGetValue(id, out var context) && !IsExpired(context) ? context : null;
        }
    }

    /// <summary>Stores a context, in place of one of the same id; it is committed when this returns.</summary>
    /// <exception cref="RichErrorException">CONTEXT_STORE_FULL: nothing was written.</exception>
    public StoredContext Add(Context description, KeyValueHeader keyValues, ReadOnlyMemory<byte> data, ContextState state)
    {
        var size = ContextFile.SizeOf(description, keyValues);
        using var space = Reserve(size, description.Id);
        try
        {
            state.Write(StatePathOf(description.Id));
            DurableFile.Write(PathOf(description.Id), file => ContextFile.Write(file, description, keyValues, data.Span));
        }
        catch (IOException failure)
        {
            throw NoRoom($"The disk does not take the context's {size} bytes: {failure.Message}", size, failure);
        }

        return Keep(new StoredContext(description, keyValues, size, state));
    }

    /// <summary>Whether the file of a context was set aside because even its recipe is damaged.</summary>
    public bool IsDamaged(string id)
    {
        lock (_gate)
        {
            return _damaged.Contains(id);
        }
    }

    /// <summary>Sets disk space aside until the result is disposed.</summary>
    /// <param name="bytes">Space wanted.</param>
    /// <param name="replaced">Context whose space becomes free; null for none.</param>
    /// <exception cref="RichErrorException">CONTEXT_STORE_FULL.</exception>
    public ContextSpace Reserve(long bytes, string? replaced = null)
    {
        var space = new ContextSpace(this, replaced);
        space.Grow(bytes);
        return space;
    }

    /// <summary>Counts space as taken; <see cref="ContextSpace"/> gives it back.</summary>
    /// <exception cref="RichErrorException">CONTEXT_STORE_FULL.</exception>
    public void Take(long bytes, string? replaced)
    {
        lock (_gate)
        {
            // All files together are an upper bound: who fits beside them need not ask which have expired.
            var used = _stored + _reserved;
            if (bytes > _options.MaxStoreBytes - used)
            {
                used = UsedWithout(replaced);
            }

            if (bytes > _options.MaxStoreBytes - used)
            {
                throw NoRoom($"The context needs {bytes} bytes on disk; {used} of {_options.MaxStoreBytes} are taken. Delete contexts, or raise Decoding:Contexts:MaxStoreBytes.", bytes);
            }

            _reserved += bytes;
        }
    }

    public void GiveBack(long bytes)
    {
        lock (_gate)
        {
            _reserved -= bytes;
        }
    }

    /// <summary>A new file for an import, beside the others; delete it unless it is <see cref="Adopt">adopted</see>.</summary>
    public string NewFile() => Path.Combine(_folder, $"import-{Guid.NewGuid():N}{DurableFile.Unfinished}");

    /// <summary>Commits a verified and flushed file of <see cref="NewFile"/>.</summary>
    public StoredContext Adopt(string path, Context description, KeyValueHeader keyValues, ContextState state)
    {
        state.Write(StatePathOf(description.Id));
        DurableFile.Commit(path, PathOf(description.Id));
        return Keep(new StoredContext(description, keyValues, ContextFile.SizeOf(description, keyValues), state));
    }

    /// <summary>The file of a context, for reading.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public FileStream OpenFile(string id) => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <summary>Reads the key/values of a context; null if they are damaged, which the log then says.</summary>
    public byte[]? ReadKeyValues(StoredContext context)
    {
        try
        {
            using var file = OpenFile(context.Id);
            var (_, keyValues) = ContextFile.ReadHead(file);
            return ContextFile.ReadKeyValues(file, keyValues);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            LogDamaged(_logger, context.Id, failure.Message);
            return null;
        }
    }

    /// <summary>Counts a use; <see cref="WriteUses"/> brings it to the disk.</summary>
    public void Touch(string id)
    {
        lock (_gate)
        {
            if (_contexts.TryGetValue(id, out var context))
            {
                var state = context.State with { LastUse = _time.GetUtcNow() };
                _contexts[id] = context with { State = state };
                _unwritten[id] = state;
            }
        }
    }

    /// <summary>Writes the last uses that the disk does not know.</summary>
    public void WriteUses()
    {
        lock (_gate)
        {
            foreach (var (id, state) in _unwritten.Where(entry => _contexts.ContainsKey(entry.Key)))
            {
                state.Write(StatePathOf(id), durable: false);
            }

            _unwritten.Clear();
        }
    }

    /// <summary>Changes what is asked for; durable when this returns. Null if there is no such context.</summary>
    public StoredContext? Update(string id, Func<ContextState, ContextState> change)
    {
        lock (_gate)
        {
            return _contexts.TryGetValue(id, out var context) && !IsExpired(context) ? Change(context, change(context.State)) : null;
        }
    }

    /// <summary>Deletes a context; false if there is none.</summary>
    public bool Delete(string id)
    {
        lock (_gate)
        {
            if (!_contexts.TryGetValue(id, out var context))
            {
                return false;
            }

            _contexts.Remove(id);
            _stored -= context.FileBytes;
            _unwritten.Remove(id);
            File.Delete(PathOf(id));
            File.Delete(StatePathOf(id));
            DurableFile.FlushFolder(_folder);
            return true;
        }
    }

    /// <summary>Deletes what has expired.</summary>
    /// <returns>The ids deleted.</returns>
    public IReadOnlyList<string> Sweep()
    {
        lock (_gate)
        {
            // One lock for looking and deleting: a context that is created or used in between stays.
            string[] expired = [.. _contexts.Values.Where(IsExpired).Select(context => context.Id)];
            return [.. expired.Where(Delete)];
        }
    }

    public void Dispose()
    {
        WriteUses();
        _lock.Dispose();
    }

    private void Index(string path)
    {
        var id = Path.GetFileNameWithoutExtension(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var (description, keyValues) = ContextFile.ReadHead(file);
            if (description.Id != id)
            {
                throw new InvalidDataException("its name is not its id");
            }

            Put(new StoredContext(description, keyValues, file.Length, ReadState(id)));
        }
        catch (InvalidDataException failure)
        {
            // Kept for whoever wants to look at it, but never served.
            File.Move(path, path + Damaged, overwrite: true);
            LogQuarantined(_logger, path + Damaged, failure.Message);
        }
    }

    private StoredContext Keep(StoredContext context)
    {
        lock (_gate)
        {
            _damaged.Remove(context.Id);
            return Put(context);
        }
    }

    private static RichErrorException NoRoom(string message, long bytes, Exception? cause = null) => new(
        new RichError(StatusCode.ResourceExhausted, "CONTEXT_STORE_FULL", message) { Metadata = new Dictionary<string, string> { ["neededBytes"] = $"{bytes}" } }, cause);

    /// <summary>Under the lock.</summary>
    private StoredContext Change(StoredContext context, ContextState state)
    {
        state.Write(StatePathOf(context.Id));
        _unwritten.Remove(context.Id);
        return _contexts[context.Id] = context with { State = state };
    }

    /// <summary>The state of a context; pinned where it cannot be read, because a lost pin is worse than a context too many.</summary>
    private ContextState ReadState(string id)
    {
        try
        {
            return ContextState.Read(StatePathOf(id));
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            LogStateLost(_logger, id, failure.Message);
            return new ContextState(Pinned: true, 0, _time.GetUtcNow());
        }
    }

    private bool IsExpired(StoredContext context) => context.ExpireTime <= _time.GetUtcNow();

    private string PathOf(string id) => Path.Combine(_folder, id + Suffix);

    private string StatePathOf(string id) => Path.Combine(_folder, id + StateSuffix);

    private long UsedWithout(string? replaced) =>
        _contexts.Values.Where(context => context.Id != replaced && !IsExpired(context)).Sum(context => context.FileBytes) + _reserved;

    /// <summary>Under the lock, or before anyone else sees this store.</summary>
    private StoredContext Put(StoredContext context)
    {
        _stored += context.FileBytes - (_contexts.TryGetValue(context.Id, out var replaced) ? replaced.FileBytes : 0);
        return _contexts[context.Id] = context;
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Warning, Message = "{File} is damaged ({Reason}) and was set aside; create its context again.")]
    private static partial void LogQuarantined(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "The key/values of context {Id} are damaged ({Reason}); they are compiled again from the recipe.")]
    private static partial void LogDamaged(ILogger logger, string id, string reason);

    [LoggerMessage(EventId = 32, Level = LogLevel.Warning, Message = "The state of context {Id} cannot be read ({Reason}); it is pinned.")]
    private static partial void LogStateLost(ILogger logger, string id, string reason);
}
