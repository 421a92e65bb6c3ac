namespace Strata.Benchmarks.Load.Subjects;

/// <summary>Texts of the length people send to a classifier: 8 to 25 words.</summary>
internal static class SampleTexts
{
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "Thank you so much for your help, I really did not expect an answer today.",
        "I can't believe they cancelled the show after one season, what a waste.",
        "Does anybody know how to get from the station to the old town at night?",
        "We are so proud of you, congratulations on finishing the course!",
        "That was the worst meal I have had in years and nobody even said sorry.",
        "I am a little nervous about the interview tomorrow, but I think it will be fine.",
        "Wow, I had no idea that octopuses have three hearts and blue blood.",
        "Please be careful out there, the roads are covered with ice this morning.",
        "He keeps interrupting everyone in the meeting and it drives me up the wall.",
        "I miss the long evenings at my grandparents' house by the lake.",
        "This is hilarious, I have watched it five times and I am still laughing.",
        "I should not have said that to her, I feel terrible about it now.",
        "The second half of the film drags, but the ending makes up for it.",
        "Could you explain again why the total is different from last month?",
        "I love how patient she is with the children, even on the bad days.",
        "Nobody told us that the office would be closed, so we waited outside for an hour.",
    ];

    /// <summary>Texts of a given length in characters.</summary>
    public static IReadOnlyList<string> OfLength(int characters) => [.. Sentences.Select(sentence => sentence[..characters])];
}
