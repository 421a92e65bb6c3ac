namespace Strata.Backbone.Tokenization.AddedTokens;

/// <summary>A token that is looked for in the text itself, before the model sees words.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Content">Its text.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it matches only where no word character touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it takes the white space before it.</summary>
    public bool StripsLeft { get; init; }

    /// <summary>Whether it takes the white space after it.</summary>
    public bool StripsRight { get; init; }

    /// <summary>Whether it is looked for, normalized, in the normalized text instead of in the original.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>Whether it is special: dropped by decoding, and plain text in user input unless asked for.</summary>
    public bool IsSpecial { get; init; }
}
