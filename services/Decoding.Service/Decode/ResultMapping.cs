using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Classification;

namespace Strata.Decoding.Service.Decode;

/// <summary>Decisions on the wire.</summary>
internal static class ResultMapping
{
    public static DecodeResult ToWire(ContrastiveDecision decision, IReadOnlyList<string> labels, int tokenCount)
    {
        var result = new DecodeResult
        {
            Label = labels[decision.Label],
            Probability = (float)decision.Probabilities[decision.Label],
            PlainLabel = labels[decision.PlainLabel],
            Flipped = decision.Flipped,
            BetaCapped = decision.BetaCapped,
            TokenCount = tokenCount,
        };
        if (decision.AmateurLayer is { } amateur)
        {
            result.AmateurLayer = amateur;
            result.Beta = decision.Beta;
        }

        for (var label = 0; label < labels.Count; label++)
        {
            var score = new LabelScore
            {
                Label = labels[label],
                Probability = (float)decision.Probabilities[label],
                ExpertProbability = (float)Math.Exp(decision.ExpertLogProbs[label]),
            };
            if (decision.Plausible[label])
            {
                score.Score = (float)decision.ContrastiveScores[label];
            }

            result.Scores.Add(score);
        }

        return result;
    }
}
