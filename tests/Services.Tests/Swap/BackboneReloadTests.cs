using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Backbone;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Hosting;
using Strata.Services.Tests.Decode;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Swap;

/// <summary>Backbones moved, added and taken away by a change of the configuration file, while Decoding serves.</summary>
public sealed class BackboneReloadTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("strata-config-").FullName, "decoding.json");
    private readonly LogSignal _reload = new(typeof(BackboneReload).FullName!);
    private RunningBackbone _first = null!;
    private RunningBackbone _second = null!;
    private RunningDecoding _decoding = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _first = await RunningBackbone.StartAsync([("one", Repository.EmotionModel)]);
        _second = await RunningBackbone.StartAsync([("two", Repository.EmotionModel)]);
        Write(("m", _first.Address));
        _decoding = await RunningDecoding.StartAsync([], $"--Decoding:ConfigFile={_file}");
        _decoding.Service<ILoggerFactory>().AddProvider(_reload);
    }

    public async ValueTask DisposeAsync()
    {
        await _decoding.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }

    [Fact]
    public async Task Reload_AddressMoved_NextCallGoesThereAndAnOpenStreamEndsWhereItBegan()
    {
        using var stream = _decoding.Client.ExplainStream(new ExplainStreamRequest { Decode = new DecodeRequest { Text = "fine" } }, cancellationToken: Cancellation);
        Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("one", stream.ResponseStream.Current.Header.Model.Model);

        Write(("m", _second.Address));
        Assert.Contains(_second.Address, await ChangedAsync());

        Assert.Equal("two", (await DecodeAsync("m")).Model.Model);
        var rest = await stream.ResponseStream.ReadAllAsync(Cancellation).ToListAsync(Cancellation);
        Assert.NotNull(rest[^1].Outcome);
        Assert.Empty(_decoding.Log.Errors);
    }

    [Fact]
    public async Task Reload_TwentyTimesUnderLoad_FailsNoCall()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var models = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = await DecodeAsync("", SampleTexts.All[worker]);
                models.AddOrUpdate(answer.Model.Model, 1, (_, count) => count + 1);
            }
        })).ToArray();
        for (var change = 0; change < 20; change++)
        {
            var retired = _decoding.Service<BackboneDirectory>().Current.Find("m")!;
            Write(("m", change % 2 == 0 ? _second.Address : _first.Address));
            await ChangedAsync();
            await retired.Closed.WaitAsync(Cancellation);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.Equal(["one", "two"], models.Keys.Order());
        Assert.Empty(_decoding.Log.Errors);
    }

    [Fact]
    public async Task Reload_BackboneAddedAndAnotherTakenAway_IsSeenByListAndCalls()
    {
        Write(("a", _first.Address), ("b", _second.Address));
        await ChangedAsync();
        var listed = await _decoding.Client.ListBackbonesAsync(new ListBackbonesRequest(), cancellationToken: Cancellation);
        Assert.Equal([("a", "one"), ("b", "two")], listed.Backbones.Select(backbone => (backbone.Name, backbone.Model.Model)));
        Assert.Equal("BACKBONE_NOT_FOUND", (await FailureAsync(() => DecodeAsync("m"))).Reason);
        Assert.Equal("BACKBONE_NOT_FOUND", (await FailureAsync(() => DecodeAsync(""))).Reason); // two, and no default
    }

    [Fact]
    public async Task Reload_SameBackbones_KeepsTheConnection()
    {
        var before = _decoding.Service<BackboneDirectory>().Current.Find("m");
        Write(("m", _first.Address), ("n", _second.Address));
        await ChangedAsync();
        Assert.Same(before, _decoding.Service<BackboneDirectory>().Current.Find("m"));
    }

    [Theory]
    [InlineData("{ \"Decoding\": { \"Backbones\": { \"m\": { \"Addr")]
    [InlineData("{}")]
    [InlineData("{ \"Decoding\": { \"Backbones\": { \"m\": { \"Address\": \"here\" } } } }")]
    [InlineData("{ \"Decoding\": { \"DefaultBackbone\": \"nobody\", \"Backbones\": { \"m\": { \"Address\": \"http://127.0.0.1:1\" } } } }")]
    [InlineData("{ \"Decoding\": { \"MaxBatchTexts\": \"many\", \"Backbones\": { \"m\": { \"Address\": \"http://127.0.0.1:1\" } } } }")]
    [InlineData("{ \"Decoding\": { \"DefaultBackbone\": null, \"Backbones\": { \"m\": { \"Address\": \"http://127.0.0.1:1\" } } } }")]
    [InlineData("{ \"Decoding\": { \"Backbones\": { \"m\": { \"Address\": \"http://127.0.0.1:1\", \"Model\": null } } } }")]
    [InlineData("{ \"Decoding\": { \"Backbones\": { \"m\": null } } }")]
    public async Task Reload_WrongFile_ChangesNothingAndSaysWhy(string text)
    {
        File.WriteAllText(_file, text);
        await _reload.UntilAsync("not taken over", Cancellation);
        Assert.Equal("one", (await DecodeAsync("m")).Model.Model);
        Write(("m", _second.Address));
        await ChangedAsync();
        Assert.Equal("two", (await DecodeAsync("m")).Model.Model);
    }

    [Theory]
    [InlineData("{ \"Decoding\": { \"Backb", "no JSON object")]
    [InlineData("", "no JSON object")]
    [InlineData(null, "does not exist")]
    public async Task Reload_UnreadableFileBesideOtherSources_KeepsItsBackbones(string? text, string sentence)
    {
        // What the command line says alone is a valid configuration, but not the one that somebody wrote.
        using var reload = new LogSignal(typeof(BackboneReload).FullName!);
        await using var decoding = await RunningDecoding.StartAsync([("other", _second.Address, "")], $"--Decoding:ConfigFile={_file}");
        decoding.Service<ILoggerFactory>().AddProvider(reload);
        if (text is null)
        {
            File.Delete(_file);
        }
        else
        {
            File.WriteAllText(_file, text);
        }

        Assert.Contains(sentence, await reload.UntilAsync("not taken over", Cancellation));
        Assert.Equal(["m", "other"], decoding.Service<BackboneDirectory>().Current.All.Select(backbone => backbone.Name));
        Write(("n", _first.Address));
        await reload.UntilAsync("Backbones are now", Cancellation);
        Assert.Equal(["n", "other"], decoding.Service<BackboneDirectory>().Current.All.Select(backbone => backbone.Name));
    }

    [Fact]
    public async Task Start_FileWithALeadingDot_IsRead()
    {
        var file = Path.Combine(Path.GetDirectoryName(_file)!, ".decoding.json");
        File.Copy(_file, file);
        await using var decoding = await RunningDecoding.StartAsync([], $"--Decoding:ConfigFile={file}");
        Assert.Equal("m", Assert.Single(decoding.Service<BackboneDirectory>().Current.All).Name);
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("[1", "no JSON object")]
    public async Task Start_WrongFile_SaysWhatToDo(string? text, string sentence)
    {
        var file = Path.Combine(Path.GetDirectoryName(_file)!, "other.json");
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        var failure = await Assert.ThrowsAsync<StartupException>(() => RunningDecoding.StartAsync([], $"--Decoding:ConfigFile={file}"));
        Assert.Contains(sentence, failure.Message);
    }

    private Task<string> ChangedAsync() => _reload.UntilAsync("Backbones are now", Cancellation);

    private static async Task<RichError> FailureAsync(Func<Task> call) => RichError.FromException(await Assert.ThrowsAsync<RpcException>(call))!;

    private async Task<DecodeResponse> DecodeAsync(string backbone, string text = "fine") =>
        await _decoding.Client.DecodeAsync(new DecodeRequest { Backbone = backbone, Text = text }, cancellationToken: Cancellation);

    // Moved into place whole, as careful programs and mounted volumes do.
    private void Write(params (string Name, string Address)[] backbones)
    {
        var entries = string.Join(", ", backbones.Select(backbone => $"\"{backbone.Name}\": {{ \"Address\": \"{backbone.Address}\" }}"));
        File.WriteAllText(_file + ".new", $"{{ \"Decoding\": {{ \"Backbones\": {{ {entries} }} }} }}");
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
