namespace Strata.Backbone.Readout;

/// <summary>Selects the k largest logits of a row.</summary>
internal static class TopTokens
{
    /// <summary>Largest first; of equal logits the lower token first.</summary>
    /// <param name="logits">[V].</param>
    /// <param name="values">[k] receives the logits, k at most V.</param>
    /// <param name="tokenIds">[k] receives their tokens.</param>
    public static void Select(ReadOnlySpan<float> logits, Span<float> values, Span<int> tokenIds)
    {
        // A heap of the k best so far with the worst at its root: most logits are turned away by one comparison.
        var k = values.Length;
        for (var token = 0; token < k; token++)
        {
            values[token] = logits[token];
            tokenIds[token] = token;
        }

        for (var root = (k / 2) - 1; root >= 0; root--)
        {
            Sink(values, tokenIds, root);
        }

        for (var token = k; token < logits.Length; token++)
        {
            if (logits[token] > values[0])
            {
                values[0] = logits[token];
                tokenIds[0] = token;
                Sink(values, tokenIds, 0);
            }
        }

        for (var end = k - 1; end > 0; end--)
        {
            (values[0], values[end]) = (values[end], values[0]);
            (tokenIds[0], tokenIds[end]) = (tokenIds[end], tokenIds[0]);
            Sink(values[..end], tokenIds[..end], 0);
        }
    }

    private static void Sink(Span<float> values, Span<int> tokenIds, int root)
    {
        while (true)
        {
            var worst = root;
            for (var child = (2 * root) + 1; child <= (2 * root) + 2 && child < values.Length; child++)
            {
                if (values[child] < values[worst] || (values[child] == values[worst] && tokenIds[child] > tokenIds[worst]))
                {
                    worst = child;
                }
            }

            if (worst == root)
            {
                return;
            }

            (values[root], values[worst]) = (values[worst], values[root]);
            (tokenIds[root], tokenIds[worst]) = (tokenIds[worst], tokenIds[root]);
            root = worst;
        }
    }
}
