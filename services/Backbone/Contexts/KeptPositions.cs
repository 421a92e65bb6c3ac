namespace Strata.Backbone.Contexts;

/// <summary>The rule for the positions of a prompt whose key/values are kept.</summary>
public static class KeptPositions
{
    /// <summary>Checks that positions ascend within the prompt and that there is one.</summary>
    /// <param name="kept">[A] positions.</param>
    /// <param name="promptTokens">T, the length of the prompt. Unit: tokens.</param>
    /// <param name="field">Field of the request that they stand in, for the error.</param>
    /// <exception cref="BackboneException">ArgumentInvalid.</exception>
    public static void Check(IReadOnlyList<int> kept, int promptTokens, string field)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var before = -1;
        foreach (var position in kept)
        {
            if (position <= before || position >= promptTokens)
            {
                throw Invalid(field, $"Kept positions ascend within 0..{promptTokens - 1}; {position} follows {before}.");
            }

            before = position;
        }

        if (kept.Count == 0)
        {
            throw Invalid(field, "At least one position is kept.");
        }
    }

    private static BackboneException Invalid(string field, string message) => new(BackboneError.ArgumentInvalid, message)
    {
        Metadata = new Dictionary<string, string> { ["field"] = field },
    };
}
