namespace Strata.Backbone.Tokenization.Text;

/// <summary>One token under construction.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Start">First original unit.</param>
/// <param name="End">One past the last original unit.</param>
internal record struct Token(int Id, int Start, int End)
{
    /// <summary>Segment id.</summary>
    public int TypeId { get; set; }

    /// <summary>Whether the template added it.</summary>
    public bool IsTemplate { get; set; }

    /// <summary>Spaces at the front of the matched text of an added token, or -1 where the vocabulary entry says it.</summary>
    public int LeadingSpaces { get; set; } = -1;

    /// <summary>As <see cref="LeadingSpaces"/>, at the back.</summary>
    public int TrailingSpaces { get; set; } = -1;
}
