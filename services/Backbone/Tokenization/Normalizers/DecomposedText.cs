namespace Strata.Backbone.Tokenization.Normalizers;

/// <summary>A text as the parts of its code points' decompositions, in text order and not yet reordered.</summary>
internal sealed class DecomposedText
{
    private DecomposedText(int capacity)
    {
        Parts = new List<int>(capacity);
        Groups = new List<Group>(capacity);
    }

    public DecomposedText(string text, Decompositions decompositions)
        : this(text.Length)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var before = Parts.Count;
            if (rune.IsAscii)
            {
                Parts.Add(rune.Value);
            }
            else
            {
                foreach (var part in decompositions.Of(rune).EnumerateRunes())
                {
                    Parts.Add(part.Value);
                }
            }

            Groups.Add(new Group(rune.Value, Parts.Count - before));
        }
    }

    /// <summary>Every part of every decomposition.</summary>
    public List<int> Parts { get; }

    /// <summary>The code points, each with the number of its parts.</summary>
    public List<Group> Groups { get; }

    /// <summary>A text that is decomposed already.</summary>
    public static DecomposedText OfParts(string text)
    {
        var result = new DecomposedText(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Parts.Add(rune.Value);
            result.Groups.Add(new Group(rune.Value, 1));
        }

        return result;
    }

    /// <summary>A code point and the number of parts that it decomposes into.</summary>
    internal readonly record struct Group(int CodePoint, int Length);
}
