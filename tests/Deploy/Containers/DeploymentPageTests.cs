using System.Globalization;
using Strata.Contracts.Decoding.V1;
using YamlDotNet.Serialization;

namespace Strata.Deploy.Tests.Containers;

/// <summary>docs/deployment.md says what the images are.</summary>
public sealed class DeploymentPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "deployment.md"));

    [Theory]
    [MemberData(nameof(Dockerfile.Services), MemberType = typeof(Dockerfile))]
    public void Page_VolumesAndUser_AreThoseOfTheImages(string service) => Assert.All(Dockerfile.Of(service).Final, stage =>
    {
        Assert.All(stage.Of("VOLUME"), volume => Assert.Contains($"| `{volume.Arguments}`", _page, StringComparison.Ordinal));
        Assert.Contains($"run as user {stage.Of("USER").Single().Arguments.Split(':')[0]} ", _page, StringComparison.Ordinal);
    });

    [Fact]
    public void Page_KubernetesProbes_AskThePortAndServiceOfDecoding()
    {
        const string fence = "```yaml\n";
        var start = _page.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        var snippet = new DeserializerBuilder().Build().Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(_page[start.._page.IndexOf("```", start, StringComparison.Ordinal)]);
        var container = Assert.Single(snippet["containers"]);
        var image = Dockerfile.Of("Decoding.Service").Target(null);
        Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], probe =>
        {
            var grpc = (IDictionary<object, object>)((IDictionary<object, object>)container[probe])["grpc"];
            Assert.EndsWith($":{grpc["port"]}", image.Environment["Decoding__Listen"], StringComparison.Ordinal);
            Assert.Equal(DecodingService.Descriptor.FullName, grpc.TryGetValue("service", out var service) ? service : DecodingService.Descriptor.FullName);
        });
        Assert.Equal(image.Of("EXPOSE").Single().Words, ((IList<object>)container["ports"]).Cast<IDictionary<object, object>>().Select(port => Convert.ToString(port["containerPort"], CultureInfo.InvariantCulture)));
    }
}
