namespace Strata.Backbone.Readout;

/// <summary>What a head turned out to be when it was tried at load.</summary>
/// <param name="IsClassifier">Logits are [B, C]; else [B, T, V].</param>
/// <param name="Width">C or V.</param>
/// <param name="RunsOnSlices">Its answer at a position does not need the other positions, so that only wanted ones are projected.</param>
internal sealed record HeadShape(bool IsClassifier, int Width, bool RunsOnSlices);
