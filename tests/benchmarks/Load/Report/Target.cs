namespace Strata.Benchmarks.Load.Report;

/// <summary>What a figure should be.</summary>
/// <param name="Bound">The bound, in the unit of the row.</param>
/// <param name="IsUpper">True: at most; false: at least.</param>
/// <param name="IsGate">Whether missing it fails the program. Only figures that do not depend on the machine are gates.</param>
internal sealed record Target(double Bound, bool IsUpper, bool IsGate)
{
    public static Target AtMost(double bound) => new(bound, IsUpper: true, IsGate: false);

    public static Target AtLeast(double bound) => new(bound, IsUpper: false, IsGate: false);

    public static Target Budget(double bound) => new(bound, IsUpper: true, IsGate: true);

    public bool IsMet(double value) => IsUpper ? value <= Bound : value >= Bound;
}
