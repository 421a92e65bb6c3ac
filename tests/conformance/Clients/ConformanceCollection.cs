namespace Strata.Conformance.Tests.Clients;

/// <summary>Tests that share one running pair, and executors that are prepared once.</summary>
[CollectionDefinition(Name)]
public sealed class ConformanceCollection : ICollectionFixture<ConformanceFixture>
{
    public const string Name = "conformance";
}
