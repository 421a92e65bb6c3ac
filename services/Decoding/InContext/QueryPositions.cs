namespace Strata.Decoding.InContext;

/// <summary>Where the position ids of a query start, by position policy.</summary>
public static class QueryPositions
{
    /// <summary>Position id of a query's first token.</summary>
    /// <param name="policy">The recipe's position policy.</param>
    /// <param name="promptTokens">T, the length of the prompt that was prefilled. Unit: tokens.</param>
    /// <param name="keptTokens">A, the number of kept positions. Unit: tokens.</param>
    /// <returns>0..T.</returns>
    public static int Start(PositionPolicy policy, int promptTokens, int keptTokens) => policy switch
    {
        PositionPolicy.Original => promptTokens,
        PositionPolicy.Compacted => keptTokens,
        _ => 0,
    };
}
