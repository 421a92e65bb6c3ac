using Microsoft.Extensions.Logging.Abstractions;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Contexts;
using Strata.Decoding.Service.Options;
using Strata.ServiceDefaults.Errors;

namespace Strata.Services.Tests.Contexts;

/// <summary>Time to live and pins, with a clock that the test turns.</summary>
public sealed class ContextStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-store-").FullName;
    private readonly TurnedClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Expired_IsNotFoundAndSwept_UsedOrPinnedIsNot()
    {
        using (var store = Open())
        {
            Add(store, "a", pinned: false);
            Add(store, "b", pinned: false);
            Add(store, "c", pinned: true);
            Add(store, "d", pinned: false, ttl: 0);
            _clock.Turn(TimeSpan.FromSeconds(90));
            store.Touch("b");
            _clock.Turn(TimeSpan.FromSeconds(20));
            Assert.Null(store.Find("a"));
            Assert.Equal(["b", "c", "d"], store.All.Select(context => context.Id));
            Assert.Equal(["a"], store.Sweep());
            Assert.Empty(Directory.GetFiles(_folder, "a.*"));
        }

        // The use was long enough after the last one to be written.
        using var reopened = Open();
        Assert.Equal(["b", "c", "d"], reopened.All.Select(context => context.Id));
        _clock.Turn(TimeSpan.FromSeconds(100));
        Assert.Equal(["c", "d"], reopened.All.Select(context => context.Id));
    }

    [Fact]
    public void Pin_SurvivesReopening()
    {
        using (var store = Open())
        {
            Add(store, "a", pinned: false);
            store.Update("a", state => state with { Pinned = true });
        }

        _clock.Turn(TimeSpan.FromDays(365));
        using var reopened = Open();
        Assert.True(reopened.Find("a")!.State.Pinned);
    }

    [Fact]
    public void StateFileLost_PinsTheContext()
    {
        using (var store = Open())
        {
            Add(store, "a", pinned: false);
        }

        File.Delete(Path.Combine(_folder, "a.state"));
        using var reopened = Open();
        Assert.True(reopened.Find("a")!.State.Pinned);
    }

    [Fact]
    public void KeyValues_OfSeveralChunks_ComeBackAndDamageIsFound()
    {
        var data = new byte[(2 * 1024 * 1024) + 17];
        new Random(1).NextBytes(data);
        using var store = Open();
        var stored = store.Add(new Context { Id = "a" }, new KeyValueHeader { TotalBytes = data.Length }, data, new ContextState(false, 100, _clock.GetUtcNow()));
        Assert.Equal(data, store.ReadKeyValues(stored));
        Assert.Equal(new FileInfo(Path.Combine(_folder, "a.context")).Length, stored.FileBytes);
        using (var file = new FileStream(Path.Combine(_folder, "a.context"), FileMode.Open))
        {
            file.Position = file.Length / 2;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 1));
        }

        Assert.Null(store.ReadKeyValues(stored));
    }

    [Fact]
    public void Space_GrownInParts_IsBoundedAndTakesNoMemoryForAPart()
    {
        using var store = Open(maxBytes: 1000);
        using (var space = store.Reserve(0))
        {
            space.Grow(400);
            space.Grow(400);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var part = 0; part < 10_000; part++)
            {
                space.Grow(0);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            AssertFull(() => space.Grow(201));
            AssertFull(() => store.Reserve(201));
        }

        store.Reserve(1000).Dispose();
    }

    [Fact]
    public void Space_StoredAndExpiredContexts_OnlyTheLivingTakeIt()
    {
        using (var store = Open())
        {
            Add(store, "a", pinned: false);
            Add(store, "b", pinned: true);
            Add(store, "b", pinned: true); // in place of the first
        }

        var size = new FileInfo(Path.Combine(_folder, "a.context")).Length;
        using var full = Open(maxBytes: 2 * size);
        AssertFull(() => full.Reserve(1));
        _clock.Turn(TimeSpan.FromSeconds(200));
        full.Reserve(size).Dispose();
        AssertFull(() => full.Reserve(size + 1));
        Assert.Equal(["a"], full.Sweep());
        full.Reserve(size).Dispose();
        AssertFull(() => full.Reserve(size + 1));
        full.Delete("b");
        full.Reserve(2 * size).Dispose();
    }

    private static void AssertFull(Action reserve) => Assert.Equal("CONTEXT_STORE_FULL", Assert.Throws<RichErrorException>(reserve).Error.Reason);

    private ContextStore Open(long maxBytes = long.MaxValue) => ContextStore.Open(new ContextOptions { Folder = _folder, MaxStoreBytes = maxBytes }, _clock, NullLogger.Instance);

    private void Add(ContextStore store, string id, bool pinned, long ttl = 100) =>
        store.Add(new Context { Id = id }, new KeyValueHeader { TotalBytes = 3 }, new byte[] { 1, 2, 3 }, new ContextState(pinned, ttl, _clock.GetUtcNow()));

    private sealed class TurnedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Turn(TimeSpan by) => _now += by;
    }
}
