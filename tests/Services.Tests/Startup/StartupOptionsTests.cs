using System.Text;
using Microsoft.Extensions.Configuration;
using Strata.Backbone.Service;
using Strata.Backbone.Service.Options;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Services.Tests.Startup;

/// <summary>Options that cannot be what they are end the start with a sentence, not with a stack trace.</summary>
public sealed class StartupOptionsTests
{
    [Fact]
    public void Backbone_ValueOfAnotherType_IsNamed() =>
        Assert.Contains("Backbone:MaxRows", Assert.Throws<StartupException>(() => BackboneHost.Build(["--Backbone:MaxRows=many"])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("HttpListen")]
    [InlineData("ModelRoot")]
    [InlineData("Listen")]
    [InlineData("Models")]
    public void Read_NullInJson_IsNamed(string option)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Backbone": { "{{option}}": null } }"""));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        Assert.Contains(option, Assert.Throws<StartupException>(() => StartupOptions.Read<BackboneOptions>(configuration, BackboneOptions.Section)).Message, StringComparison.Ordinal);
    }
}
