using BenchmarkDotNet.Attributes;
using Strata.Backbone.Tokenization;

namespace Strata.Benchmarks.Micro;

/// <summary>WordPiece on a sentence of about 20 tokens, with the embedded model's vocabulary.</summary>
[MemoryDiagnoser]
public class TokenizeBenchmarks
{
    private const string Text = "I really thought the second half would be better, but thanks for waiting with us until the end!";

    private readonly Tokenizer _tokenizer = Tokenizer.Load(Path.Combine(AppContext.BaseDirectory, "tokenizer.json"));

    /// <summary>The baseline: what cutting at spaces alone costs.</summary>
    [Benchmark(Baseline = true)]
    public int SplitAtSpaces() => Text.Split(' ').Length;

    /// <summary>Ids and offsets.</summary>
    [Benchmark]
    public int Encode() => _tokenizer.Encode(Text).Ids.Count;
}
