namespace Strata.Decoding.InContext;

/// <summary>The positions of a prompt whose key/values are kept. docs/equations.md IC-1, IC-2, IC-3.</summary>
/// <remarks>Special tokens in front of the text, such as a beginning-of-sequence token, are kept by every policy: models rest their
/// attention there.</remarks>
public sealed class AnchorPositions
{
    private readonly int[] _kept;

    /// <summary>Chooses the positions by the recipe's anchor policy.</summary>
    /// <param name="tokens">The prompt's tokens.</param>
    public AnchorPositions(PromptTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var recipe = tokens.Prompt.Recipe;
        _kept = recipe.AnchorPolicy switch
        {
            AnchorPolicy.LabelsAndTemplate => Where(tokens, role => role != TokenRole.Text),
            AnchorPolicy.LabelsOnly => Where(tokens, role => role is TokenRole.Label or TokenRole.Special),
            AnchorPolicy.Random => RandomAnchors.Draw(tokens, recipe.RandomSeed),
            _ => [.. Enumerable.Range(0, tokens.Count)], // All, and TextAnchors: all of a prompt without text
        };
        PromptTokenCount = tokens.Count;
        QueryPositionStart = QueryPositions.Start(recipe.PositionPolicy, tokens.Count, _kept.Length);
    }

    /// <summary>[A] the kept positions, ascending and distinct, each in 0..T-1.</summary>
    public ReadOnlySpan<int> Kept => _kept;

    /// <summary>T, the length of the prompt that is prefilled. Unit: tokens.</summary>
    public int PromptTokenCount { get; }

    /// <summary>Position id of a query's first token, by the recipe's position policy.</summary>
    public int QueryPositionStart { get; }

    private static int[] Where(PromptTokens tokens, Func<TokenRole, bool> keeps) =>
        [.. Enumerable.Range(0, tokens.Count).Where(position => keeps(tokens.Roles[position]))];
}
