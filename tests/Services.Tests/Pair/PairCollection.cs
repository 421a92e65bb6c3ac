namespace Strata.Services.Tests.Pair;

/// <summary>Tests that share one running pair.</summary>
[CollectionDefinition(Name)]
public sealed class PairCollection : ICollectionFixture<PairFixture>
{
    public const string Name = "pair";
}
