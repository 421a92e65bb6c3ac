namespace Strata.Decoding;

/// <summary>One field of a set of parameters that cannot be used.</summary>
/// <param name="Error">Which failure it is.</param>
/// <param name="Field">Name of the property at fault, as written in the record (PascalCase); elements as <c>TokenIds[2]</c>.</param>
/// <param name="Description">One sentence, ended by a full stop: what is wrong, the value given, and what is allowed.</param>
public sealed record ParameterViolation(DecodingError Error, string Field, string Description);
