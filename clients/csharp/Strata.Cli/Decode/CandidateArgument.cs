using System.Globalization;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Decode;

/// <summary>Candidate layers as one types them: <c>1-5</c> or <c>1,3,5</c>.</summary>
internal static class CandidateArgument
{
    public static CandidateLayers Read(string argument)
    {
        var candidates = new CandidateLayers();
        if (argument.Split('-') is [var first, var last] && Layer(first) is { } from && Layer(last) is { } to)
        {
            (candidates.First, candidates.Last) = (from, to);
            return candidates;
        }

        foreach (var part in argument.Split(','))
        {
            candidates.Layers.Add(Layer(part) ?? throw new UsageException($"--candidate-layers {argument}: write FIRST-LAST or a list such as 1,3,5."));
        }

        return candidates;
    }

    private static int? Layer(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : null;
}
