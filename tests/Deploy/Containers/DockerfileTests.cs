using System.Text.RegularExpressions;

namespace Strata.Deploy.Tests.Containers;

/// <summary>What a linter would say about the Dockerfiles, for the rules that matter here.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Services => Dockerfile.Services;

    [Theory]
    [MemberData(nameof(Services))]
    public void Stages_BaseImages_ArePinnedToAVersion(string service)
    {
        var file = Dockerfile.Of(service);
        var own = file.Stages.Select(stage => stage.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(file.Stages.Where(stage => !own.Contains(stage.Base)), stage => Assert.Matches(Pinned(), stage.Base));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void FinalStages_Each_RunsAsANumberWithAProbeAndInExecForm(string service)
    {
        Assert.All(Dockerfile.Of(service).Final, stage =>
        {
            // Kubernetes' runAsNonRoot takes a number only.
            Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", Assert.Single(stage.Of("USER")).Arguments);
            var program = Assert.Single(stage.Of("ENTRYPOINT")).Exec;
            Assert.NotNull(program);
            Assert.Equal([.. program, "--healthcheck"], Assert.Single(stage.Of("HEALTHCHECK")).Exec!);
            Assert.Empty(stage.Of("CMD"));
            Assert.Equal("0", stage.Environment["DOTNET_EnableDiagnostics"]);
        });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void FinalStages_Each_BringIcu(string service) => Assert.All(Dockerfile.Of(service).Final, stage =>
    {
        // The tokenizers need it. Microsoft's images bring it, unless they are alpine or chiseled; others must install it.
        Assert.True(IcuBrought().IsMatch(stage.Base) || stage.Of("RUN").Any(run => run.Arguments.Contains("libicu", StringComparison.Ordinal)), stage.Base);
        Assert.DoesNotContain("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", stage.Environment.Keys);
    });

    [Theory]
    [MemberData(nameof(Services))]
    public void Instructions_All_AvoidWhatMakesImagesUnsafeOrLarge(string service)
    {
        Assert.All(Dockerfile.Of(service).Stages.SelectMany(stage => stage.Instructions), instruction =>
        {
            Assert.Contains(instruction.Name, (string[])["ARG", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "RUN", "USER", "VOLUME", "WORKDIR"]);
            Assert.DoesNotContain("sudo", instruction.Arguments, StringComparison.Ordinal);
            Assert.DoesNotMatch("curl|wget", instruction.Arguments);
            if (instruction.Arguments.Contains("apt-get install", StringComparison.Ordinal))
            {
                Assert.Contains("--no-install-recommends", instruction.Arguments, StringComparison.Ordinal);
                Assert.EndsWith("rm -rf /var/lib/apt/lists/*", instruction.Arguments, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Copies_All_ComeFromStagesOrTheBuildContext(string service)
    {
        var file = Dockerfile.Of(service);
        Assert.All(file.Stages.SelectMany(stage => stage.Of("COPY")), copy =>
        {
            var from = copy.Arguments.Split(' ').FirstOrDefault(word => word.StartsWith("--from=", StringComparison.Ordinal))?["--from=".Length..];
            if (from is null)
            {
                Assert.All(copy.Words[..^1], source => Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), source));
            }
            else
            {
                // What is copied is what a RUN of that stage made.
                Assert.Contains(file.Target(from).Of("RUN"), run => run.Arguments.Contains(copy.Words[0], StringComparison.Ordinal));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void BuildContext_WithoutWhatIsIgnored_HoldsEveryProjectThatIsPublished(string service)
    {
        string[] ignored = [.. File.ReadLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => !line.StartsWith('#') && !line.Contains('*'))];
        var projects = new HashSet<string>(StringComparer.Ordinal);
        Collect(Path.Combine(Repository.Root, "services", service, $"{service}.csproj"));
        Assert.InRange(projects.Count, 5, 50);
        Assert.All(projects, project => Assert.DoesNotContain(Path.GetRelativePath(Repository.Root, project).Split('/')[0], ignored));

        void Collect(string project)
        {
            if (!projects.Add(project))
            {
                return;
            }

            var folder = Path.GetDirectoryName(project)!;
            foreach (Match match in Included().Matches(File.ReadAllText(project)))
            {
                Collect(Path.GetFullPath(Path.Combine(folder, match.Groups[1].Value.Replace("$(MSBuildThisFileDirectory)", "", StringComparison.Ordinal))));
            }
        }
    }

    [GeneratedRegex(@"^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^mcr\.microsoft\.com/dotnet/aspnet:[\d.]+-noble$")]
    private static partial Regex IcuBrought();

    [GeneratedRegex("""<(?:ProjectReference Include|Import Project)="([^"]+)" """)]
    private static partial Regex Included();
}
