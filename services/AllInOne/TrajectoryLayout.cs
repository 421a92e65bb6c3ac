namespace Strata.AllInOne;

/// <summary>What of a trajectory is shown in a terminal.</summary>
/// <param name="Labels">Labels, the most probable ones first.</param>
/// <param name="Bar">Characters of a bar of probability 1.</param>
/// <param name="Entropy">Whether the entropy of each layer is.</param>
/// <param name="Distance">Whether the distance of each candidate layer is: the amateur is chosen by it, so it goes last.</param>
internal readonly record struct TrajectoryLayout(int Labels, int Bar, bool Entropy, bool Distance)
{
    /// <summary>The layouts, widest first; docs/cli.md says what each leaves out.</summary>
    public static IReadOnlyList<TrajectoryLayout> Widest { get; } =
    [
        new(5, 8, Entropy: true, Distance: true),
        new(5, 4, Entropy: true, Distance: true),
        new(4, 4, Entropy: true, Distance: true),
        new(3, 4, Entropy: true, Distance: true),
        new(3, 4, Entropy: false, Distance: true),
        new(2, 4, Entropy: false, Distance: true),
        new(2, 4, Entropy: false, Distance: false),
        new(1, 4, Entropy: false, Distance: false),
    ];
}
