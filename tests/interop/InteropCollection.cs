namespace Strata.Interop.Tests;

/// <summary>Tests that share programs and hosts run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InteropCollection : ICollectionFixture<InteropFixture>
{
    public const string Name = "interop";
}
