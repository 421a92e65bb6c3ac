using Google.Protobuf;
using Strata.Backbone.Graph.Onnx;
using Strata.Backbone.Models;

namespace Strata.Backbone.Tests;

/// <summary>A golden model with its graph changed, in a folder of its own.</summary>
internal sealed class EditedModel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-model");

    public EditedModel(GoldenModel source, Action<ModelProto> edit)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(source.OnnxPath));
        edit(model);
        File.WriteAllBytes(OnnxPath, model.ToByteArray());
        File.Copy(Path.Combine(GoldenModel.Root, source.Folder, "config.json"), Path.Combine(Folder, "config.json"));
    }

    public string Folder => _folder.FullName;

    public string OnnxPath => Path.Combine(Folder, "model.onnx");

    public HostedModel Load() => HostedModel.Load("edited", Folder, GoldenModel.Runtime, ct: TestContext.Current.CancellationToken);

    /// <summary>Loads, expecting a refusal.</summary>
    public BackboneException Refusal() => Assert.Throws<BackboneException>(Load);

    public void Dispose() => _folder.Delete(recursive: true);
}
