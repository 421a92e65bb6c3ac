using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;
using Strata.Contracts.Decoding.V1;

namespace Strata.Benchmarks.Load.Subjects;

/// <summary>A model under measurement: staged inside the running Backbone, monolithic beside it, and what one asks of it.</summary>
internal sealed class Subject(string name, HostedModel hosted, MonolithicModel monolithic, IReadOnlyList<string> texts) : IDisposable
{
    // Byte tokens of a model with random weights: which ones does not matter, that they are few does.
    private static readonly string[] _words = ["P", "N", "U", "M"];

    public string Name => name;

    public HostedModel Hosted => hosted;

    public MonolithicModel Monolithic => monolithic;

    public IReadOnlyList<string> Texts => texts;

    public bool IsClassifier => hosted.Description.Labels.Count > 0;

    /// <summary>The targets on ratios hold where the model takes 10 ms or more.</summary>
    public bool IsLarge => !IsClassifier;

    /// <summary>1..L, what Decode reads by default.</summary>
    public int[] AllLayers => [.. Enumerable.Range(1, hosted.Description.LayerCount)];

    public int[] FinalLayer => [hosted.Description.LayerCount];

    /// <summary>What Decode asks for: the head's classes, or a few label tokens at the last position.</summary>
    public ReadoutRequest LabelReadout => IsClassifier
        ? new ReadoutRequest { Kind = ReadoutKind.ClassificationHead }
        : new ReadoutRequest { Kind = ReadoutKind.LabelTokens, LabelTokenIds = [.. _words.Select(word => hosted.Tokenizer!.Encode(word).Ids[0])] };

    /// <summary>What the monolithic graph gives: the head's classes, or the whole vocabulary at every position.</summary>
    public ReadoutRequest FullReadout => IsClassifier
        ? LabelReadout
        : new ReadoutRequest { Kind = ReadoutKind.FullVocabulary, Positions = ReadoutPositions.All };

    /// <summary>A request of Decoding for one of the texts.</summary>
    public DecodeRequest Request(int index, DecodeParameters? parameters = null)
    {
        var request = new DecodeRequest { Backbone = name, Text = texts[index % texts.Count], Parameters = parameters };
        if (!IsClassifier)
        {
            request.LabelSet = Labels();
        }

        return request;
    }

    /// <summary>The label set of a language model; null for a classifier, which has its own.</summary>
    public LabelSet? Labels()
    {
        if (IsClassifier)
        {
            return null;
        }

        var labels = new LabelSet();
        labels.Labels.AddRange(_words.Select(word => new Label { Name = word, Words = { word } }));
        return labels;
    }

    /// <summary>Rows of random tokens, the same in every run.</summary>
    public TokenBatch Tokens(int rows, int length)
    {
        var random = new Random(rows + length);
        var ids = new long[rows * length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = random.Next(5, hosted.Description.VocabularySize);
        }

        return new TokenBatch(rows, length, ids, [.. Enumerable.Repeat(1L, ids.Length)]);
    }

    /// <summary>Texts from <paramref name="first"/> on, tokenized and padded: the work in front of every run.</summary>
    public TokenBatch Tokenize(int first, int count) => TokenBatch.FromRows(
        [.. Enumerable.Range(first, count).Select(i => hosted.Tokenizer!.Encode(texts[i % texts.Count]).Ids)], hosted.Description.PadTokenId);

    /// <summary>Runs the stages in this process, without gRPC.</summary>
    /// <returns>The last frame.</returns>
    public LayerFrame RunStaged(TokenBatch batch, int[] exitLayers, ReadoutRequest readout)
    {
        LayerFrame? last = null;
        foreach (var frame in hosted.Run(new LayerRun { Batch = batch, ExitLayers = exitLayers, Readout = readout }, CancellationToken.None))
        {
            last = frame;
        }

        return last!;
    }

    /// <summary>The staged model belongs to the Backbone.</summary>
    public void Dispose() => monolithic.Dispose();
}
