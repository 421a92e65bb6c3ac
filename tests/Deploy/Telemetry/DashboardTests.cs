using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Deploy.Tests.Containers;

namespace Strata.Deploy.Tests.Telemetry;

/// <summary>The shipped dashboard asks for series and labels that exist, of the data source that is provisioned.</summary>
public sealed partial class DashboardTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "deploy", "observability");
    private static readonly JsonElement _dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "grafana", "dashboards", "strata.json"))).RootElement;

    private static IEnumerable<(string Title, JsonElement Target)> Targets =>
        _dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => (panel.GetProperty("title").GetString()!, target)));

    [Fact]
    public void Expressions_All_UseSeriesOfTheTelemetryPage()
    {
        var known = TelemetryPage.Metrics.SelectMany(metric => metric.Series).ToHashSet(StringComparer.Ordinal);
        Assert.All(Targets, target =>
        {
            var used = Series().Matches(Expression(target.Target)).Select(match => match.Value).ToArray();
            Assert.NotEmpty(used);
            Assert.All(used, series => Assert.Contains(series, known));
        });
    }

    [Fact]
    public void Expressions_All_GroupByAttributesOfTheirMetric() => Assert.All(Targets, target =>
    {
        var expression = Expression(target.Target);
        var metric = TelemetryPage.Metrics.First(metric => metric.Series.Any(series => expression.Contains(series, StringComparison.Ordinal)));
        string[] grouped = [.. Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(", ")).Where(label => label != "le")];
        Assert.Subset(metric.Attributes.ToHashSet(StringComparer.Ordinal), grouped.ToHashSet(StringComparer.Ordinal));

        // A legend shows what the sum kept.
        Assert.Subset(grouped.ToHashSet(StringComparer.Ordinal), Legend().Matches(target.Target.GetProperty("legendFormat").GetString()!).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal));
    });

    [Fact]
    public void Panels_Together_ShowEveryMetric()
    {
        var shown = string.Join('\n', Targets.Select(target => Expression(target.Target)));
        Assert.All(TelemetryPage.Metrics, metric => Assert.Contains(metric.Series, series => shown.Contains(series, StringComparison.Ordinal)));
    }

    [Fact]
    public void Provisioning_Paths_AreThoseThatComposeMounts()
    {
        var source = File.ReadAllText(Path.Combine(_folder, "grafana", "provisioning", "datasources", "prometheus.yaml"));
        Assert.Contains("uid: prometheus,", source, StringComparison.Ordinal);
        Assert.All(Targets, target => Assert.Equal("prometheus", target.Target.GetProperty("datasource").GetProperty("uid").GetString()));

        var compose = ComposeFile.Read();
        var mounts = compose.ListOf("grafana", "volumes").Select(volume => volume.Split(':')).ToDictionary(parts => parts[1], parts => parts[0]);
        Assert.Contains("path: /dashboards", File.ReadAllText(Path.Combine(_folder, "grafana", "provisioning", "dashboards", "strata.yaml")), StringComparison.Ordinal);
        Assert.Equal("./deploy/observability/grafana/dashboards", mounts["/dashboards"]);
        var home = compose.EnvironmentOf("grafana")["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"];
        Assert.True(File.Exists(Path.Combine(Repository.Root, mounts["/dashboards"], Path.GetFileName(home))), home);

        // Each hop names the next by its service and port.
        Assert.Contains("http://prometheus:9090", source, StringComparison.Ordinal);
        var scraped = File.ReadAllText(Path.Combine(_folder, "prometheus.yaml"));
        var collector = File.ReadAllText(Path.Combine(_folder, "collector.yaml"));
        Assert.Contains("collector:8889", scraped, StringComparison.Ordinal);
        Assert.Contains("endpoint: 0.0.0.0:8889", collector, StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:4317", collector, StringComparison.Ordinal);
        Assert.Subset(compose.Services.ToHashSet(StringComparer.Ordinal), new HashSet<string>(["collector", "prometheus"], StringComparer.Ordinal));
    }

    private static string Expression(JsonElement target) => target.GetProperty("expr").GetString()!;

    [GeneratedRegex(@"strata_\w+")]
    private static partial Regex Series();

    [GeneratedRegex(@"by \(([^)]+)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Legend();
}
