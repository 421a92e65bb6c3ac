namespace Strata.ServiceDefaults.Errors;

/// <summary>One field of a request that breaks the contract.</summary>
/// <param name="Field">Path of the field in the request, such as <c>parameters.plausibility_alpha</c> or <c>texts[3]</c>.</param>
/// <param name="Description">What is wrong and what is allowed.</param>
public sealed record FieldViolation(string Field, string Description);
