using Grpc.Core;
using Strata.Contracts.Decoding.V1;

namespace Strata.Services.Tests.Contexts;

/// <summary>What contexts survive: restarts of either service, a swapped model, damage on disk.</summary>
public sealed class ContextDurabilityTests : IAsyncLifetime
{
    private ContextPair _pair = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _pair = await ContextPair.StartAsync();

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task Decode_BackboneRestarted_UploadsAndAnswersTheSame()
    {
        var context = await _pair.CreateAsync();
        var before = await _pair.DecodeAsync(context.Id);
        Assert.False(before.Context.Uploaded);
        await _pair.StopBackboneAsync();
        await _pair.StartBackboneAsync();
        var after = await _pair.DecodeAsync(context.Id);
        Assert.Equal((true, false), (after.Context.Uploaded, after.Context.Recompiled));
        Assert.Equal(before.Result, after.Result);
        Assert.False((await _pair.DecodeAsync(context.Id)).Context.Uploaded);
    }

    [Fact]
    public async Task Decode_ManyAfterTheBackboneRestarted_UploadOnce()
    {
        var context = await _pair.CreateAsync();
        await _pair.StopBackboneAsync();
        await _pair.StartBackboneAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _pair.DecodeAsync(context.Id)));
        Assert.Single(answers.Select(answer => answer.Result.Label).Distinct());
        Assert.Equal(context.Bytes, _pair.Backbone.Service<Strata.Backbone.Contexts.ResidentContexts>().Bytes);
    }

    [Fact]
    public async Task Decode_BothRestarted_ReadsFromDisk()
    {
        var context = await _pair.CreateAsync();
        var before = await _pair.DecodeAsync(context.Id);
        await _pair.StopDecodingAsync();
        await _pair.StopBackboneAsync();
        await _pair.StartBackboneAsync();
        await _pair.StartDecodingAsync();
        var after = await _pair.DecodeAsync(context.Id);
        Assert.Equal((true, false), (after.Context.Uploaded, after.Context.Recompiled));
        Assert.Equal(before.Result, after.Result);
        var got = await _pair.Client.GetContextAsync(new GetContextRequest { Id = context.Id }, cancellationToken: Cancellation);
        Assert.Equal(Recipes.Tiny(), got.Context.Recipe);
    }

    [Fact]
    public async Task Decode_BackboneWithLittleMemory_EvictsAndUploadsInTurns()
    {
        var first = await _pair.CreateAsync();
        await _pair.StopBackboneAsync();
        await _pair.StartBackboneAsync($"--Backbone:MaxContextBytes={first.Bytes}");
        var second = await _pair.CreateAsync(Recipes.Tiny(text: "goot"));
        Assert.Equal(first.Bytes, second.Bytes);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.True((await _pair.DecodeAsync(first.Id)).Context.Uploaded);
            Assert.True((await _pair.DecodeAsync(second.Id)).Context.Uploaded);
        }
    }

    [Fact]
    public async Task Decode_ModelSwapped_RecompilesFromTheRecipeAndSaysSo()
    {
        var context = await _pair.CreateAsync();
        var before = await _pair.DecodeAsync(context.Id);
        await _pair.StopBackboneAsync();

        // One more byte is another fingerprint.
        File.AppendAllText(Path.Combine(_pair.ModelFolder, "config.json"), "\n");
        await _pair.StartBackboneAsync();
        var after = await _pair.DecodeAsync(context.Id);
        Assert.Equal((true, context.Id), (after.Context.Recompiled, after.Context.RequestedId));
        Assert.NotEqual(context.Id, after.Context.Id);
        Assert.NotEqual(before.Model.Fingerprint, after.Model.Fingerprint);
        Assert.Equal(before.Result, after.Result);

        var again = await _pair.DecodeAsync(context.Id);
        Assert.Equal((false, after.Context.Id), (again.Context.Recompiled, again.Context.Id));
        Assert.Equal(after.Result, (await _pair.DecodeAsync(after.Context.Id)).Result);
    }

    [Fact]
    public async Task Decode_KeyValuesDamagedOnDisk_RecompilesAndNeverServesThem()
    {
        var context = await _pair.CreateAsync();
        var before = await _pair.DecodeAsync(context.Id);
        await _pair.StopDecodingAsync();
        await _pair.StopBackboneAsync();
        var damaged = DamageFile(-1000);
        await _pair.StartBackboneAsync();
        await _pair.StartDecodingAsync();
        var after = await _pair.DecodeAsync(context.Id);
        Assert.True(after.Context.Recompiled);
        Assert.Equal(before.Result, after.Result);
        Assert.NotEqual(damaged, File.ReadAllBytes(ContextFile()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(60)]
    public async Task Start_HeadDamagedOnDisk_SetsTheFileAside(int position)
    {
        var context = await _pair.CreateAsync();
        await _pair.StopDecodingAsync();
        DamageFile(position);
        File.WriteAllText(Path.Combine(_pair.Folder, "half.context.tmp"), "cut");
        await _pair.StartDecodingAsync();
        Assert.Equal("CONTEXT_CORRUPT", (await ContextPair.FailureAsync(() => _pair.DecodeAsync(context.Id))).Reason);
        Assert.Single(Directory.GetFiles(_pair.Folder, "*.corrupt"));
        Assert.Empty(Directory.GetFiles(_pair.Folder, "*.tmp"));
        Assert.Equal(context.Id, (await _pair.CreateAsync()).Id);
    }

    [Fact]
    public async Task Start_FolderInUse_IsRefusedInOneSentence()
    {
        var failure = await Assert.ThrowsAsync<Strata.ServiceDefaults.Hosting.StartupException>(() => _pair.StartDecodingAsync());
        Assert.Contains("Decoding:Contexts:Folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportImport_IntoAnotherDecoding_AnswersWithoutCompiling()
    {
        var context = await _pair.CreateAsync();
        var before = await _pair.DecodeAsync(context.Id);
        var file = await ExportAsync(context.Id);
        await using var other = await Pair.RunningDecoding.StartAsync([("lm", _pair.Backbone.Address, "lm")]);
        var imported = await ImportAsync(other, file, 1000);
        Assert.Equal(context.Id, imported.Context.Id);
        var after = await other.Client.DecodeAsync(new DecodeRequest { ContextId = context.Id, Text = "fine" }, cancellationToken: Cancellation);
        Assert.False(after.Context.Recompiled);
        Assert.Equal(before.Result, after.Result);
        Assert.Equal(context.Id, (await ImportAsync(other, file, 1 << 20)).Context.Id);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1000)]
    [InlineData(-1)]
    public async Task Export_DamagedOnDisk_CompilesItAnew(int position)
    {
        var context = await _pair.CreateAsync();
        DamageFile(position);
        var file = await ExportAsync(context.Id);
        await using var other = await Pair.RunningDecoding.StartAsync([("lm", _pair.Backbone.Address, "lm")]);
        Assert.Equal(context.Id, (await ImportAsync(other, file, 1 << 20)).Context.Id);
        Assert.Equal(file, File.ReadAllBytes(ContextFile()));
    }

    [Fact]
    public async Task Export_DamagedAndModelSwapped_SaysToCreateItAgain()
    {
        var context = await _pair.CreateAsync();
        DamageFile(-1);
        await _pair.StopBackboneAsync();
        File.AppendAllText(Path.Combine(_pair.ModelFolder, "config.json"), "\n");
        await _pair.StartBackboneAsync();
        var error = await ContextPair.FailureAsync(() => ExportAsync(context.Id));
        Assert.Equal((StatusCode.DataLoss, "CONTEXT_CORRUPT"), (error.Code, error.Reason));
        Assert.Contains("delete the context and create it again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OverADamagedOne_HealsItAndKeepsItsPin()
    {
        var context = await _pair.CreateAsync();
        var file = await ExportAsync(context.Id);
        await _pair.Client.PinContextAsync(new PinContextRequest { Id = context.Id, Pinned = true }, cancellationToken: Cancellation);
        DamageFile(-1000);
        Assert.True((await ImportAsync(_pair.Decoding, file, 1 << 20)).Context.Pinned);
        Assert.Equal(file, File.ReadAllBytes(ContextFile()));
    }

    [Fact]
    public async Task Import_EveryDamage_IsRefusedAndLeavesNothing()
    {
        var file = await ExportAsync((await _pair.CreateAsync()).Id);
        await using var other = await Pair.RunningDecoding.StartAsync([("lm", _pair.Backbone.Address, "lm")]);
        int[] places = [.. Enumerable.Range(0, 40).Select(i => (int)((long)i * (file.Length - 1) / 39))];
        foreach (var place in places)
        {
            byte[] damaged = [.. file];
            damaged[place] ^= 1;
            Assert.Equal(StatusCode.DataLoss, (await Assert.ThrowsAsync<RpcException>(() => ImportAsync(other, damaged, 1 << 20))).StatusCode);
        }

        foreach (var length in new[] { 0, 1, 19, 20, 200, file.Length - 1 })
        {
            Assert.Equal(StatusCode.DataLoss, (await Assert.ThrowsAsync<RpcException>(() => ImportAsync(other, file[..length], 1 << 20))).StatusCode);
        }

        Assert.Empty((await other.Client.ListContextsAsync(new ListContextsRequest(), cancellationToken: Cancellation)).Contexts);
    }

    [Fact]
    public async Task CreateAndImport_StoreFull_AreRefusedAndNothingIsWritten()
    {
        var file = await ExportAsync((await _pair.CreateAsync()).Id);
        var folder = Directory.CreateTempSubdirectory("strata-full-").FullName;
        await using (var full = await Pair.RunningDecoding.StartAsync(
            [("lm", _pair.Backbone.Address, "lm")], $"--Decoding:Contexts:Folder={folder}", "--Decoding:Contexts:MaxStoreBytes=1000"))
        {
            var created = await ContextPair.FailureAsync(() => full.Client.CreateContextAsync(new CreateContextRequest { Recipe = Recipes.Tiny() }, cancellationToken: Cancellation).ResponseAsync);
            Assert.Equal((StatusCode.ResourceExhausted, "CONTEXT_STORE_FULL"), (created.Code, created.Reason));
            Assert.Equal("CONTEXT_STORE_FULL", (await ContextPair.FailureAsync(() => ImportAsync(full, file, 500))).Reason);
            Assert.Equal(["lock"], Directory.GetFiles(folder).Select(Path.GetFileName));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ImportContextResponse> ImportAsync(Pair.RunningDecoding decoding, byte[] file, int part)
    {
        using var call = decoding.Client.ImportContext(cancellationToken: Cancellation);
        try
        {
            foreach (var data in file.Chunk(part))
            {
                await call.RequestStream.WriteAsync(new ImportContextRequest { Data = Google.Protobuf.ByteString.CopyFrom(data) }, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException)
        {
            // The server has answered already; the answer says why.
        }

        return await call.ResponseAsync;
    }

    private string ContextFile() => Assert.Single(Directory.GetFiles(_pair.Folder, "*.context"));

    /// <summary>Changes one bit of the one context's file; a position below 0 counts from its end.</summary>
    private byte[] DamageFile(int position)
    {
        var path = ContextFile();
        var bytes = File.ReadAllBytes(path);
        bytes[position < 0 ? bytes.Length + position : position] ^= 0x10;
        File.WriteAllBytes(path, bytes);
        return bytes;
    }

    private async Task<byte[]> ExportAsync(string id)
    {
        using var call = _pair.Client.ExportContext(new ExportContextRequest { Id = id }, cancellationToken: Cancellation);
        using var file = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            part.Data.WriteTo(file);
        }

        return file.ToArray();
    }
}
