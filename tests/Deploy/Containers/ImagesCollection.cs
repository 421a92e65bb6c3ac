namespace Strata.Deploy.Tests.Containers;

/// <summary>Tests that start what was published once.</summary>
[CollectionDefinition(Name)]
public sealed class ImagesCollection : ICollectionFixture<PublishedImages>
{
    public const string Name = "images";
}
