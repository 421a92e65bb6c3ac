using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Strata.Services.Tests.Errors;

/// <summary>Copies of the golden BERT that load well and fail when they run.</summary>
internal sealed class BrokenModel : IDisposable
{
    private const int HiddenSize = 64;
    private const int Vocabulary = 512;

    private BrokenModel()
    {
        Folder = Directory.CreateTempSubdirectory("strata-broken-").FullName;
        foreach (var file in new[] { "model.onnx", "config.json" })
        {
            File.Copy(Path.Combine(Repository.Golden("bert-tiny"), file), Path.Combine(Folder, file));
        }
    }

    public string Folder { get; }

    /// <summary>One row of the word embeddings is NaN.</summary>
    public static BrokenModel WithNaNEmbedding(int tokenId)
    {
        var model = new BrokenModel();
        var path = Path.Combine(model.Folder, "model.onnx");
        var bytes = File.ReadAllBytes(path);

        // raw_data (field 9) of the word embeddings: the only initializer of 512 x 64 floats.
        const int Size = Vocabulary * HiddenSize * sizeof(float);
        byte[] tag = [0x4A, (Size & 0x7F) | 0x80, ((Size >> 7) & 0x7F) | 0x80, Size >> 14];
        var data = bytes.AsSpan().IndexOf(tag) + tag.Length;
        Assert.True(data > tag.Length);
        for (var i = 0; i < HiddenSize; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(data + (((tokenId * HiddenSize) + i) * sizeof(float))), float.NaN);
        }

        File.WriteAllBytes(path, bytes);
        return model;
    }

    /// <summary>config.json promises more positions than the graph's table has.</summary>
    public static BrokenModel WithTooManyPositions()
    {
        var model = new BrokenModel();
        var path = Path.Combine(model.Folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["max_position_embeddings"] = 4096;
        File.WriteAllText(path, config.ToJsonString());
        return model;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
