using System.Diagnostics;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Models;

/// <summary>Broken and hostile model files: refused with a sentence, or loaded; never anything else.</summary>
public sealed class HostileOnnxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-hostile").FullName;

    public static TheoryData<string> Names => [.. new[] { GoldenModel.BertTiny, GoldenModel.DebertaTiny, GoldenModel.Gpt2Tiny, GoldenModel.LlamaTiny }.Select(m => m.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_TruncatedAnywhere_IsRefused(string name)
    {
        var model = GoldenModel.Named(name);
        var bytes = File.ReadAllBytes(model.OnnxPath);
        for (var part = 0; part < 64; part++)
        {
            var refusal = Refusal(model, bytes.AsSpan(0, (int)((long)bytes.Length * part / 64)));
            Assert.True(refusal?.Error is BackboneError.ModelInvalid, $"{part}/64: {refusal?.Error} {refusal?.Message}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_WithFlippedBytes_IsRefusedOrLoadsInTime(string name)
    {
        var model = GoldenModel.Named(name);
        var bytes = File.ReadAllBytes(model.OnnxPath);
        var clock = Stopwatch.StartNew();
        var refused = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var copy = (byte[])bytes.Clone();
            for (var flip = 0; flip <= seed % 4; flip++)
            {
                // Weights fill the end of the file and break nothing; most flips go where the graph is.
                copy[random.Next(flip % 3 == 2 ? copy.Length : copy.Length / 8)] ^= (byte)(1 << random.Next(8));
            }

            refused += Refusal(model, copy) is null ? 0 : 1;
        }

        Assert.InRange(refused, 10, 60);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Load_ForeignFiles_AreRefused()
    {
        foreach (var content in new[] { "", "{\"a\": 1}", "<html><body>Not found</body></html>", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", new string('\0', 4096), new string('\n', 4096) })
        {
            Assert.Equal(BackboneError.ModelInvalid, Refusal(GoldenModel.BertTiny, System.Text.Encoding.UTF8.GetBytes(content))?.Error);
        }

        Assert.Equal(BackboneError.ModelInvalid, Refusal(GoldenModel.BertTiny, File.ReadAllBytes(Path.Combine(GoldenModel.Root, "bert-tiny/cases/len7.bin")))?.Error);
    }

    private BackboneException? Refusal(GoldenModel model, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, content);
        try
        {
            using var hosted = HostedModel.Load("hostile", model.Files with { OnnxPath = path }, GoldenModel.Runtime, new ModelLimits(), null, TestContext.Current.CancellationToken);
            var run = new LayerRun { Batch = model.Case("len7").Batch(), ExitLayers = [0, hosted.Description.LayerCount], Readout = new ReadoutRequest { Kind = ReadoutKind.HiddenState } };
            _ = hosted.Run(run, TestContext.Current.CancellationToken).Count();
            return null;
        }
        catch (BackboneException refusal)
        {
            Assert.NotEmpty(refusal.Message);
            return refusal;
        }
    }
}
