using System.Buffers;

namespace Strata.Backbone.Readout;

/// <summary>Takes labels, the largest or all of the vocabulary's logits, and the log-partition.</summary>
internal static class VocabularyReadout
{
    /// <param name="logits">[rows, V].</param>
    /// <param name="request">Kind LabelTokens, TopK or FullVocabulary.</param>
    /// <param name="oneRowEach">Whether there is one row for each batch row.</param>
    public static Head.Answer Read(Rows logits, ReadoutRequest request, bool oneRowEach)
    {
        var width = request.Kind switch
        {
            ReadoutKind.LabelTokens => request.LabelTokenIds.Count,
            ReadoutKind.TopK => request.TopK,
            _ => logits.Width,
        };
        var values = new float[logits.Count * width];
        var tokenIds = request.Kind == ReadoutKind.TopK ? new int[values.Length] : null;
        var logZ = request.WithLogZ ? new float[logits.Count] : null;
        var scratch = logZ is null ? [] : ArrayPool<float>.Shared.Rent(logits.Width);
        for (var row = 0; row < logits.Count; row++)
        {
            var all = logits.Values.Slice(row * logits.Width, logits.Width);
            var target = values.AsSpan(row * width, width);
            switch (request.Kind)
            {
                case ReadoutKind.LabelTokens:
                    for (var label = 0; label < width; label++)
                    {
                        target[label] = all[request.LabelTokenIds[label]];
                    }

                    break;
                case ReadoutKind.TopK:
                    TopTokens.Select(all, target, tokenIds.AsSpan(row * width, width));
                    break;
                default:
                    all.CopyTo(target);
                    break;
            }

            if (logZ is not null)
            {
                logZ[row] = LogPartition.Of(all, scratch);
            }
        }

        if (logZ is not null)
        {
            ArrayPool<float>.Shared.Return(scratch);
        }

        return new Head.Answer(values, logits.Shape(width, oneRowEach), logZ, tokenIds);
    }
}
