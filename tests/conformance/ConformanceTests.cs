using Strata.Conformance.Tests.Clients;
using Strata.Conformance.Tests.Suite;

namespace Strata.Conformance.Tests;

/// <summary>Every client against the same cases and the same running pair.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class ConformanceTests(ConformanceFixture fixture)
{
    public static MatrixTheoryData<string, string> ClientsAndFiles => new(ClientLanguage.All.Select(language => language.Name), CaseFile.Names);

    public static MatrixTheoryData<string, string> OthersAndFiles => new(ClientLanguage.All.Skip(1).Select(language => language.Name), CaseFile.Names);

    [Fact]
    public void Cases_OfAllFiles_HaveNamesOfTheirOwn()
    {
        var names = CaseFile.Names.SelectMany(file => CaseFile.Read(file).Cases).Select(given => given.Name).ToArray();
        Assert.Equal(names.Distinct().Order(), names.Order());
    }

    [Theory]
    [MemberData(nameof(ClientsAndFiles))]
    public async Task Client_EveryCaseOfAFile_EndsAsExpected(string client, string file)
    {
        var language = await fixture.AvailableAsync(client);
        AssertNone(Verdict.Unexpected(await fixture.RunAsync(language, file), CaseFile.KnownFailing(client)));
    }

    [Theory]
    [MemberData(nameof(OthersAndFiles))]
    public async Task Client_EveryCaseOfAFile_AnswersAsCSharpDoes(string client, string file)
    {
        var language = await fixture.AvailableAsync(client);
        var reference = await fixture.RunAsync(ClientLanguage.All[0], file);
        AssertNone(Verdict.Differences(await fixture.RunAsync(language, file), reference, CaseFile.Read(file).Cases, CaseFile.KnownFailing(client)));
    }

    [Fact]
    public void KnownFailing_OfEveryClient_NamesCasesThatThereAre()
    {
        var names = CaseFile.Names.SelectMany(file => CaseFile.Read(file).Cases).Select(given => given.Name).ToHashSet();
        AssertNone(ClientLanguage.All.SelectMany(language => CaseFile.KnownFailing(language.Name).Keys.Where(name => !names.Contains(name)).Select(name => $"{language.Name}: {name}")));
    }

    // Assert.Empty shows the beginning of the first few only.
    private static void AssertNone(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }
}
