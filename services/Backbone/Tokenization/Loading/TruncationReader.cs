namespace Strata.Backbone.Tokenization.Loading;

/// <summary>Reads <c>truncation</c>. The stride and the strategy concern overflowing parts and pairs, which a single text's result has
/// not.</summary>
internal static class TruncationReader
{
    public static Truncation Read(JsonSection section)
    {
        var direction = section.Find("direction")?.Text() ?? "Right";
        if (direction is not ("Left" or "Right"))
        {
            throw section.Unsupported($"direction {direction}", "Left, Right");
        }

        var strategy = section.Find("strategy")?.Text() ?? "LongestFirst";
        if (strategy is not ("LongestFirst" or "OnlyFirst"))
        {
            throw section.Unsupported($"strategy {strategy}", "LongestFirst, OnlyFirst");
        }

        return new Truncation(section.Number("max_length"), direction == "Left");
    }
}
