using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Strata.Conformance.Tests.Clients;

namespace Strata.Deploy.Tests.Containers;

/// <summary>docker-compose.yml: accepted by compose in all profiles, and as confined as it says.</summary>
public sealed partial class ComposeTests
{
    private static readonly ComposeFile _compose = ComposeFile.Read();

    public static TheoryData<string> ProfileSets => ["", "gpu", "load", "observability", "gpu load observability"];

    public static TheoryData<string> Services => [.. _compose.Services];

    [Theory]
    [MemberData(nameof(ProfileSets))]
    public async Task Config_ProfileSet_IsAcceptedByCompose(string profiles)
    {
        string[]? command = await AnswersAsync("docker", "compose", "version") ? ["docker", "compose"]
            : await AnswersAsync("docker-compose", "version") ? ["docker-compose"] : null;
        Assert.SkipWhen(command is null, "Neither docker compose nor docker-compose is installed.");
        string[] arguments = ["-f", ComposeFile.Path, .. profiles.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(profile => new[] { "--profile", profile }), "config"];
        var (exitCode, output) = await ProgramRun.RunAsync(command![0], [.. command[1..], .. arguments]);
        Assert.True(exitCode == 0, output);
        Assert.Contains("decoding:", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Each_IsConfined(string service)
    {
        var keys = _compose.Service(service);
        Assert.Equal("true", keys["read_only"]);
        Assert.Equal(["/tmp"], _compose.ListOf(service, "tmpfs"));
        Assert.Equal(["ALL"], _compose.ListOf(service, "cap_drop"));
        Assert.Equal(["no-new-privileges:true"], _compose.ListOf(service, "security_opt"));
        Assert.DoesNotContain("privileged", keys.Keys);

        // Reachable from this machine only, until someone decides otherwise.
        Assert.All(_compose.ListOf(service, "ports"), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Each_IsBuiltHereOrPinned(string service)
    {
        if (_compose.BuildOf(service) is not { } build)
        {
            Assert.Matches(Pinned(), (string)_compose.Service(service)["image"]);
            return;
        }

        var dockerfile = (string)build["dockerfile"];
        var stage = Dockerfile.Parse(File.ReadAllText(Path.Combine(Repository.Root, dockerfile))).Target(build.TryGetValue("target", out var target) ? (string)target : null);

        // One probe, written twice: compose shows its own, other engines take the image's.
        var probe = (IDictionary<object, object>)_compose.Service(service)["healthcheck"];
        var inImage = stage.Of("HEALTHCHECK").Single();
        Assert.Equal(["CMD", .. inImage.Exec!], ((IList<object>)probe["test"]).Cast<string>());
        Assert.All(["interval", "timeout", "retries"], option => Assert.Contains($"--{option}={probe[option]} ", inImage.Arguments, StringComparison.Ordinal));
        Assert.Contains($"--start-period={probe["start_period"]} ", inImage.Arguments, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Volumes_Each_IsDeclaredOrExists(string service) => Assert.All(_compose.ListOf(service, "volumes"), volume =>
    {
        var source = volume.Split(':')[0];
        if (source.StartsWith("./", StringComparison.Ordinal))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), source);
        }
        else
        {
            Assert.Contains(source, _compose.Volumes);
        }
    });

    [Fact]
    public void Addresses_OfServices_AreServicesWithTheirPorts()
    {
        var addresses = _compose.Services.SelectMany(service => _compose.EnvironmentOf(service)).Where(pair => pair.Key.EndsWith("__Address", StringComparison.Ordinal)).Select(pair => new Uri(pair.Value)).ToArray();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address =>
        {
            var build = _compose.BuildOf(address.Host)!;
            var stage = Dockerfile.Parse(File.ReadAllText(Path.Combine(Repository.Root, (string)build["dockerfile"]))).Target((string)build["target"]);
            Assert.Contains(address.Port.ToString(CultureInfo.InvariantCulture), stage.Of("EXPOSE").Single().Words);
            Assert.EndsWith($":{address.Port}", stage.Environment["Backbone__Listen"], StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Environment_Names_PassThroughEveryShell(string service) =>
        // A shell drops a name with a hyphen without a word, and with it the backbone of that name.
        Assert.All(_compose.EnvironmentOf(service).Keys, name => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", name));

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Each_GetsTheTimeThatAStopTakes(string service)
    {
        var grace = TimeSpan.FromSeconds(int.Parse(((string)_compose.Service(service)["stop_grace_period"]).TrimEnd('s'), CultureInfo.InvariantCulture));
        Assert.True(grace > new HostOptions().ShutdownTimeout + TimeSpan.FromSeconds(5), $"{grace}");
    }

    [Fact]
    public void Decoding_Start_WaitsForAHealthyBackbone()
    {
        var dependencies = (IDictionary<object, object>)_compose.Service("decoding")["depends_on"];
        Assert.Equal("service_healthy", ((IDictionary<object, object>)dependencies["backbone"])["condition"]);
    }

    private static async Task<bool> AnswersAsync(string program, params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        return found && (await ProgramRun.RunAsync(program, arguments)).ExitCode == 0;
    }

    [GeneratedRegex(@":v?\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
