using Strata.Backbone.Contexts;
using Strata.Leases;

namespace Strata.Backbone.Tests.Contexts;

/// <summary>The bound on contexts in memory, and who makes room.</summary>
public sealed class ResidentContextsTests
{
    private static readonly int[] _prompt = [1, 2, 3, 4];
    private static readonly long _one = GoldenModel.Gpt2Tiny.Hosted.KeyValueLayoutOf(2).TotalBytes;

    [Fact]
    public void Reserve_BeyondTheBound_EvictsTheLeastRecentlyUsed()
    {
        using var contexts = new ResidentContexts(2 * _one);
        Add(contexts, "a").Dispose();
        Add(contexts, "b").Dispose();
        Lease(contexts, "a")!.Dispose();
        Add(contexts, "c").Dispose();
        Assert.Equal(["a", "c"], contexts.All.Select(context => context.Source.Id));
        Assert.Equal(2 * _one, contexts.Bytes);
    }

    [Fact]
    public void Reserve_EverythingInUse_IsRefusedAndNothingIsEvicted()
    {
        using var contexts = new ResidentContexts(_one);
        using var lease = Add(contexts, "a");
        var failure = Assert.Throws<BackboneException>(() => contexts.Reserve(GoldenModel.Gpt2Tiny.Hosted.KeyValueLayoutOf(2)));
        Assert.Equal(BackboneError.ContextMemoryFull, failure.Error);
        Assert.Equal("a", Assert.Single(contexts.All).Source.Id);
    }

    [Theory]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1 << 16, 1 << 16)]
    public void Reserve_LargerThanTheBound_IsRefusedBeforeMemoryIsTaken(int kept, int headSize)
    {
        using var contexts = new ResidentContexts(long.MaxValue);
        var failure = Assert.Throws<BackboneException>(() => contexts.Reserve(new KeyValueLayout(48, 1, kept, headSize, 4)));
        Assert.Equal(BackboneError.ContextMemoryFull, failure.Error);
        Assert.Equal(0, contexts.Bytes);
    }

    [Fact]
    public void Layout_AbsurdExtents_Overflow() =>
        Assert.Throws<OverflowException>(() => new KeyValueLayout(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, 4).TotalBytes);

    [Fact]
    public void Evict_WhileInUse_FreesAfterTheLastLease()
    {
        using var contexts = new ResidentContexts(_one);
        var lease = Add(contexts, "a");
        Assert.Equal(_one, contexts.Evict("a"));
        Assert.Null(Lease(contexts, "a"));
        Assert.Equal(_one, contexts.Bytes);
        Assert.NotEqual(0, lease.Value.Past.Key(1).Length);
        lease.Dispose();
        lease.Dispose();
        Assert.Equal(0, contexts.Bytes);
        Assert.Null(contexts.Evict("a"));
    }

    [Fact]
    public void Keep_SameIdAgain_ReplacesAndFreesTheFirst()
    {
        using var contexts = new ResidentContexts(2 * _one);
        Add(contexts, "a").Dispose();
        Add(contexts, "a").Dispose();
        Assert.Single(contexts.All);
        Assert.Equal(_one, contexts.Bytes);
    }

    [Fact]
    public void Reservation_NotKept_GivesItsMemoryBack()
    {
        using var contexts = new ResidentContexts(_one);
        using (var reservation = contexts.Reserve(GoldenModel.Gpt2Tiny.Hosted.KeyValueLayoutOf(2)))
        {
            reservation.Block.GetSpan().Clear();
            Assert.Equal(_one, contexts.Bytes);
        }

        Assert.Equal(0, contexts.Bytes);
    }

    [Fact]
    public void TryLease_OtherFingerprint_IsNotResident()
    {
        using var contexts = new ResidentContexts(_one);
        Add(contexts, "a").Dispose();
        Assert.Null(contexts.TryLease("a", "other"));
        contexts.EvictModel(GoldenModel.Gpt2Tiny.Hosted.Description.Fingerprint);
        Assert.Equal(0, contexts.Bytes);
    }

    [Fact]
    public async Task LeaseAndEvict_FromManyThreads_LeavesNothingTaken()
    {
        using var contexts = new ResidentContexts(3 * _one);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var id = $"{(i + thread) % 5}";
                try
                {
                    using var lease = Lease(contexts, id) ?? Add(contexts, id);
                    Assert.NotEqual(0, lease.Value.Past.Key(1).Length);
                    if (i % 7 == 0)
                    {
                        contexts.Evict(id);
                    }
                }
                catch (BackboneException failure) when (failure.Error == BackboneError.ContextMemoryFull)
                {
                    // The other threads use all of it.
                }
            }
        })));
        foreach (var context in contexts.All)
        {
            contexts.Evict(context.Source.Id);
        }

        Assert.Equal(0, contexts.Bytes);
    }

    [Fact]
    public async Task Reserve_RoomForEveryThread_IsNeverRefused()
    {
        const int threads = 4;
        using var contexts = new ResidentContexts(threads * _one);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                // What another thread evicts at this moment must not count twice.
                using var reservation = contexts.Reserve(GoldenModel.Gpt2Tiny.Hosted.KeyValueLayoutOf(2));
                using var lease = reservation.Keep(new ContextSource($"{thread} {i}", "gpt2", "fingerprint", [0, 1], 2), GoldenModel.Gpt2Tiny.Hosted);
                Assert.InRange(contexts.Bytes, _one, threads * _one);
            }
        })));
    }

    [Fact]
    public void Evict_OfAnotherModel_LeavesTheContext()
    {
        using var contexts = new ResidentContexts(_one);
        Add(contexts, "a").Dispose();
        Assert.Null(contexts.Evict("a", "other"));
        Assert.Single(contexts.All);
        Assert.Equal(_one, contexts.Evict("a", GoldenModel.Gpt2Tiny.Hosted.Description.Fingerprint));
    }

    private static Lease<ResidentContext> Add(ResidentContexts contexts, string id) => ContextFixture.Compile(contexts, GoldenModel.Gpt2Tiny.Hosted, _prompt, [0, 3], id);

    private static Lease<ResidentContext>? Lease(ResidentContexts contexts, string id) => contexts.TryLease(id, GoldenModel.Gpt2Tiny.Hosted.Description.Fingerprint);
}
