using System.Text.Json.Nodes;
using Strata.Backbone.Service;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Services.Tests.Errors;

/// <summary>A model folder that cannot be served ends the start with one sentence; each refusal of docs/errors.md is provoked.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-refused-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ErrorPage_Refusals_AreExactlyThoseProvokedHere() =>
        Assert.Equal(
            ["MODEL_FILES_MISSING", "MODEL_INVALID", "MODEL_UNSUPPORTED", "TOKENIZER_INVALID", "TOKENIZER_UNSUPPORTED"],
            ErrorTable.Refusals.Order());

    [Fact]
    public void ModelFilesMissing_FolderIsNotThere_NamesIt() =>
        AssertRefused(Strata.Backbone.BackboneError.ModelFilesMissing, Path.Combine(_folder, "nowhere"), "nowhere");

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(400_000)]
    public void ModelInvalid_GraphIsCutShort_SaysSo(int bytes)
    {
        CopyGolden();
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..bytes]);
        AssertRefused(Strata.Backbone.BackboneError.ModelInvalid, _folder, "model.onnx");
    }

    [Fact]
    public void ModelInvalid_GraphIsAPicture_SaysSo()
    {
        CopyGolden();
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[1000]]);
        AssertRefused(Strata.Backbone.BackboneError.ModelInvalid, _folder, "model.onnx");
    }

    [Fact]
    public void ModelUnsupported_ConfigPromisesMoreLayersThanTheGraphHas_SaysHowMany()
    {
        CopyGolden();
        var path = Path.Combine(_folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["num_hidden_layers"] = 48;
        File.WriteAllText(path, config.ToJsonString());
        AssertRefused(Strata.Backbone.BackboneError.ModelUnsupported, _folder, "48");
    }

    [Fact]
    public void TokenizerInvalid_FileIsNoJson_SaysSo()
    {
        CopyGolden();
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), "{\"model\": ");
        AssertRefused(Strata.Backbone.BackboneError.TokenizerInvalid, _folder, "tokenizer.json");
    }

    [Fact]
    public void TokenizerUnsupported_ModelOfAnotherKind_NamesIt()
    {
        CopyGolden();
        var tokenizer = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.EmotionModel, "tokenizer.json")))!;
        tokenizer["model"]!["type"] = "Mystery";
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), tokenizer.ToJsonString());
        AssertRefused(Strata.Backbone.BackboneError.TokenizerUnsupported, _folder, "Mystery");
    }

    private static void AssertRefused(Strata.Backbone.BackboneError error, string folder, string mentions)
    {
        var failure = Assert.Throws<StartupException>(() => BackboneHost.Build(["--Backbone:Listen=127.0.0.1:0", $"--Backbone:Models:m={folder}"]));
        Assert.Equal(error, Assert.IsType<Strata.Backbone.BackboneException>(failure.InnerException).Error);
        Assert.Contains(mentions, failure.Message, StringComparison.Ordinal);
        Assert.Contains(StatusMapping.Of(error).Reason, ErrorTable.Refusals);
    }

    private void CopyGolden()
    {
        foreach (var file in new[] { "model.onnx", "config.json" })
        {
            File.Copy(Path.Combine(Repository.Golden("bert-tiny"), file), Path.Combine(_folder, file));
        }
    }
}
