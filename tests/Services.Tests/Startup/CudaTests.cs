using Strata.Backbone.Service;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Services.Tests.Startup;

/// <summary>CUDA where the build has none: one sentence instead of a model on the processor.</summary>
public sealed class CudaTests
{
    [Fact]
    public void Start_CudaWithoutItsBuild_SaysHowToGetIt()
    {
        var failure = Assert.Throws<StartupException>(() => BackboneHost.Build([$"--Backbone:Models:emotion={Repository.EmotionModel}", "--Backbone:Cuda=true"]));
        Assert.Contains("-p:OfficialPackages=true", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Backbone:Cuda", failure.Message, StringComparison.Ordinal);
    }
}
