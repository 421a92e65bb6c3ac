namespace Strata.Decoding.Extrapolation;

/// <summary>The beta a decision used.</summary>
/// <param name="Value">Contrast strength after the cap.</param>
/// <param name="Capped">Whether the cap lowered it.</param>
internal readonly record struct EffectiveBeta(double Value, bool Capped);
