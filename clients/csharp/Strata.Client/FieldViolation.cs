namespace Strata.Client;

/// <summary>A field of a request that breaks the contract.</summary>
/// <param name="Field">Path of the field, such as <c>parameters.plausibility_alpha</c>.</param>
/// <param name="Description">What is wrong with it, for people.</param>
public sealed record FieldViolation(string Field, string Description);
