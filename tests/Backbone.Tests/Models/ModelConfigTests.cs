using Strata.Backbone.Models;

namespace Strata.Backbone.Tests.Models;

public sealed class ModelConfigTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("""{"n_layer": 12, "n_embd": 768, "n_head": 12, "n_positions": 1024, "model_type": "gpt2"}""", 12, 768, 1024)]
    [InlineData("""{"num_hidden_layers": 6, "hidden_size": 64, "max_position_embeddings": 512}""", 6, 64, 512)]
    [InlineData("""{"num_layers": 8, "d_model": 512}""", 8, 512, 0)]
    [InlineData("""{"model_type": "roberta", "num_hidden_layers": 2, "hidden_size": 8, "max_position_embeddings": 514, "pad_token_id": 1}""", 2, 8, 512)]
    public void Read_TheFamiliesNames_FindsTheNumbers(string json, int layers, int hidden, int positions)
    {
        var config = Read(json);
        Assert.Equal((layers, hidden, positions), (config.LayerCount, config.HiddenSize, config.MaxPositions));
    }

    [Fact]
    public void Read_Labels_OrdersThemById() => Assert.Equal(["a", "b", "c"], Read("""{"id2label": {"2": "c", "0": "a", "1": "b"}}""").Labels);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"num_hidden_layers": -1}""")]
    [InlineData("""{"num_hidden_layers": 1e99}""")]
    [InlineData("""{"hidden_size": 4611686018427387904}""")]
    [InlineData("""{"id2label": {"0": "a", "7": "b"}}""")]
    [InlineData("""{"id2label": {"x": "a"}}""")]
    public void Read_AnInvalidFile_IsRefused(string json) => Assert.Equal(BackboneError.ModelInvalid, Assert.Throws<BackboneException>(() => Read(json)).Error);

    [Fact]
    public void Read_DeepNesting_IsRefused() => Assert.Equal(BackboneError.ModelInvalid, Assert.Throws<BackboneException>(() => Read(new string('[', 10_000))).Error);

    [Fact]
    public void Read_AFileOverTheLimit_IsRefused()
    {
        File.WriteAllText(_path, new string(' ', 100) + "{}");
        Assert.Equal(BackboneError.ModelInvalid, Assert.Throws<BackboneException>(() => ModelConfig.Read(_path, new ModelLimits { MaxConfigBytes = 100 })).Error);
    }

    private ModelConfig Read(string json)
    {
        File.WriteAllText(_path, json);
        return ModelConfig.Read(_path, new ModelLimits());
    }
}
