using Strata.Backbone.Tokenization.Models;

namespace Strata.Backbone.Tests.Tokenization.Models;

public class MergerTests
{
    [Fact]
    public void HeapMerger_RandomWordsAndMerges_EqualsScanMerger()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var merges = new MergeTable(20);
            for (var rank = 0; rank < 20; rank++)
            {
                merges.Set(random.Next(8), random.Next(8), rank, 4 + random.Next(8));
            }

            var word = Enumerable.Range(0, random.Next(0, ScanMerger.MaxSymbols + 1))
                .Select(position => new Symbol(random.Next(4), position, position + 1)).ToArray();
            var (scanned, heaped) = (word.ToArray(), word.ToArray());

            var scannedCount = ScanMerger.Merge(scanned, merges);
            var heapedCount = HeapMerger.Merge(heaped, merges);

            Assert.Equal(scanned[..scannedCount], heaped[..heapedCount]);
        }
    }

    [Fact]
    public void HeapMerger_OneWordOfAMillion_Finishes()
    {
        // A quadratic merger would need hours.
        var merges = new MergeTable(20);
        for (var id = 0; id < 20; id++)
        {
            merges.Set(id, id, id, id + 1);
        }

        var word = Enumerable.Range(0, 1 << 20).Select(position => new Symbol(0, position, position + 1)).ToArray();

        Assert.Equal(1, HeapMerger.Merge(word, merges));
        Assert.Equal(new Symbol(20, 0, 1 << 20), word[0]);
    }
}
