namespace Strata.Backbone.Models;

/// <summary>The files of a model, as the ecosystem exports them.</summary>
/// <param name="OnnxPath">The graph: model.onnx, or onnx/model.onnx.</param>
/// <param name="ConfigPath">config.json.</param>
/// <param name="TokenizerPath">tokenizer.json, or null where there is none.</param>
internal sealed record ModelFolder(string OnnxPath, string ConfigPath, string? TokenizerPath)
{
    /// <exception cref="BackboneException">ModelFilesMissing: the folder, model.onnx or config.json is not there.</exception>
    public static ModelFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new BackboneException(BackboneError.ModelFilesMissing, $"There is no model folder '{folder}'. Correct the path.");
        }

        string[] candidates = [Path.Combine(folder, "model.onnx"), Path.Combine(folder, "onnx", "model.onnx")];
        var onnx = candidates.FirstOrDefault(File.Exists)
            ?? throw new BackboneException(BackboneError.ModelFilesMissing, $"Folder '{folder}' has no model.onnx. Export the model as one graph of that name.");
        var config = Path.Combine(folder, "config.json");
        if (!File.Exists(config))
        {
            throw new BackboneException(BackboneError.ModelFilesMissing, $"Folder '{folder}' has no config.json. Copy it from the model's repository.");
        }

        var tokenizer = Path.Combine(folder, "tokenizer.json");
        return new ModelFolder(onnx, config, File.Exists(tokenizer) ? tokenizer : null);
    }
}
