using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Strata.Conformance.Tests.Clients;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Deploy.Tests.Containers;

namespace Strata.Deploy.Tests.Load;

/// <summary>ghz's configurations: keys that ghz knows, calls and data that the contract knows, thresholds for each, and answers from a real pair.</summary>
[Collection(ImagesCollection.Name)]
public sealed partial class GhzConfigTests(PublishedImages images)
{
    private const string Python = "/usr/bin/python3";

    // ghz v0.121, runner/config.go.
    private static readonly string[] _keys =
    [
        "proto", "protoset", "call", "host", "insecure", "cacert", "cert", "key", "cname", "skipTLS", "authority", "total", "concurrency", "connections", "rps", "async",
        "duration", "duration-stop", "max-duration", "timeout", "data", "data-file", "binary-file", "metadata", "metadata-file", "stream-interval", "stream-call-duration",
        "stream-call-count", "stream-dynamic-messages", "skipFirst", "count-errors", "name", "tags", "output", "format", "connect-timeout", "keepalive", "cpus",
    ];

    private static readonly ServiceDescriptor[] _services = [DecodingService.Descriptor, BackboneService.Descriptor];

    public static TheoryData<string> Names => GhzConfig.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Config_CallAndData_FitTheContract(string name)
    {
        var config = GhzConfig.Read(name);
        var parts = config.Call.Split('/');
        var service = Assert.Single(_services, service => service.FullName == parts[0]);
        var method = service.FindMethodByName(parts[1]);
        Assert.NotNull(method);
        Assert.All(config.Data, data =>
        {
            // Unknown fields are refused.
            var request = JsonParser.Default.Parse(Template().Replace(data.GetRawText(), "7"), method.InputType);
            Assert.NotEqual(0, request.CalculateSize());
        });
        Assert.Equal(service == BackboneService.Descriptor ? "127.0.0.1:50052" : "127.0.0.1:50051", config.Text("host"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Config_Settings_AreGhzsAndMeasureWhatTheySay(string name)
    {
        var config = GhzConfig.Read(name);
        Assert.Subset(_keys.ToHashSet(StringComparer.Ordinal), config.Keys.ToHashSet(StringComparer.Ordinal));
        Assert.Equal((name, "json", $"reports/{name}.json"), (config.Text("name"), config.Text("format"), config.Text("output")));
        Assert.All(["timeout", "duration"], key => Assert.Matches("^[0-9]+s$", config.Keys.Contains(key) ? config.Text(key) : "0s"));

        // A closed loop has a total, an open one a rate; what is skipped is a small part of either.
        Assert.NotEqual(config.Keys.Contains("total"), config.Keys.Contains("async"));
        var calls = config.Number("total") + (config.Keys.Contains("duration") ? config.Number("rps") * int.Parse(config.Text("duration").TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) : 0);
        Assert.InRange(config.Number("skipFirst"), 0, calls / 5);
    }

    [Fact]
    public void Thresholds_Names_AreThoseOfTheConfigurations()
    {
        using var thresholds = JsonDocument.Parse(File.ReadAllText(Path.Combine(GhzConfig.Folder, "thresholds.json")));
        Assert.Equal(Names.Select(name => name.Data).Order(StringComparer.Ordinal), thresholds.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

        // A report that was cancelled on purpose may say so, and no other.
        Assert.All(thresholds.RootElement.EnumerateObject(), property =>
            Assert.Equal(GhzConfig.Read(property.Name) is var config && config.Number("stream-call-count") > 0 && config.Call.EndsWith("/StreamLayers", StringComparison.Ordinal), property.Value.TryGetProperty("allowed_statuses", out _)));
    }

    [Fact]
    public void Readme_Table_NamesEveryConfiguration()
    {
        var readme = File.ReadAllText(Path.Combine(GhzConfig.Folder, "README.md"));
        Assert.All(Names, name => Assert.Contains($"| `{name.Data}.json` |", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Configs_SentOnceThroughReflection_AreAnswered()
    {
        await RequirePythonAsync();
        using var pair = await ContainerPair.StartAsync(images);
        foreach (var config in Names.Select(name => GhzConfig.Read(name.Data)))
        {
            var host = config.Call.StartsWith(BackboneService.Descriptor.FullName, StringComparison.Ordinal) ? pair.BackboneAddress : pair.DecodingAddress;
            var (exitCode, output) = await SendOnceAsync(host, config.Path);
            Assert.True(exitCode == 0, output);
            using var answer = JsonDocument.Parse(output);
            var (sent, received) = (answer.RootElement.GetProperty("sent").GetInt32(), answer.RootElement.GetProperty("received").GetInt32());
            var expected = config.Name switch
            {
                "layers-early-cancel" => ("Canceled", 1, 3),
                "decode-bidi" => ("OK", 50, 50),
                "explain-server-stream" => ("OK", 1, await LayersAsync(pair) + 2), // a header, every layer, an outcome
                _ => ("OK", config.Data.Count(), config.Data.Count()),
            };
            Assert.Equal(expected, (answer.RootElement.GetProperty("status").GetString()!, sent, received));
        }
    }

    [Fact]
    public async Task SendOnce_RefusedWithinAStream_IsAFailure()
    {
        await RequirePythonAsync();
        var path = Path.Combine(AppContext.BaseDirectory, "refused.json");
        await File.WriteAllTextAsync(path, """{"name": "refused", "call": "strata.decoding.v1.DecodingService/DecodeStream", "data": [{"id": 1, "decode": {"text": ""}}]}""", TestContext.Current.CancellationToken);
        using var pair = await ContainerPair.StartAsync(images);
        var (exitCode, output) = await SendOnceAsync(pair.DecodingAddress, path);
        Assert.Equal(1, exitCode);
        Assert.Contains("\"errors\": 1", output, StringComparison.Ordinal);
    }

    private static async Task RequirePythonAsync()
    {
        var found = File.Exists(Python) && (await ProgramRun.RunAsync(Python, "-c", "import grpc, google.protobuf")).ExitCode == 0;
        Assert.SkipUnless(found, "python3-grpcio and python3-protobuf are not installed.");
    }

    private static Task<(int ExitCode, string Output)> SendOnceAsync(string host, string config) =>
        ProgramRun.RunAsync(Python, Path.Combine(GhzConfig.Folder, "send_once.py"), "--host", host, config);

    private static async Task<int> LayersAsync(ContainerPair pair) =>
        (await pair.BackboneClient.GetModelAsync(new GetModelRequest { Name = "emotion" }, cancellationToken: TestContext.Current.CancellationToken)).Model.LayerCount + 1;

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Template();
}
