using Google.Protobuf;
using Grpc.Core;
using Strata.Backbone.Contexts;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Checksums;
using Strata.ServiceDefaults.Errors;
using Strata.Services.Tests.Pair;
using BackboneReadout = Strata.Contracts.Backbone.V1.Readout;

namespace Strata.Services.Tests.Contexts;

/// <summary>Contexts on the Backbone's side over real gRPC: compile, follow, evict, upload; and every upload that must be refused.</summary>
public sealed class BackboneContextTests : IAsyncLifetime
{
    private const string Id = "00000000000000000000000000000000000000000000000000000000000000aa";

    private static readonly int[] _prompt = [5, 17, 300, 42, 42, 99, 7, 256, 3];
    private static readonly int[] _kept = [0, 2, 3, 8];

    private RunningBackbone _backbone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _backbone = await RunningBackbone.StartAsync([("gpt2", Repository.Golden("gpt2-tiny")), ("llama", Repository.Golden("llama-tiny")), ("bert", Repository.Golden("bert-tiny"))]);

    public async ValueTask DisposeAsync()
    {
        await _backbone.DisposeAsync();
        Assert.Empty(_backbone.Log.Errors);
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama")]
    public async Task Query_AfterEvictAndUpload_AnswersTheSameBits(string model)
    {
        var (header, data) = await CompileAsync(model, resident: true);
        var before = await FollowAsync(model);
        var listed = await _backbone.Client.ListContextsAsync(new ListContextsRequest { Model = model }, cancellationToken: Cancellation);
        Assert.Equal(Id, Assert.Single(listed.Contexts).ContextId);
        Assert.Equal(header.TotalBytes, listed.Contexts[0].Bytes);
        Assert.Equal(0, listed.Contexts[0].ActiveCalls);

        var evicted = await _backbone.Client.EvictContextAsync(new EvictContextRequest { Model = model, ContextId = Id }, cancellationToken: Cancellation);
        Assert.Equal(header.TotalBytes, evicted.Bytes);
        Assert.Equal("CONTEXT_NOT_RESIDENT", (await FailureAsync(() => FollowAsync(model))).Reason);

        var loaded = await LoadAsync(model, header, Chunks(data, 1000));
        Assert.Equal(_kept.Length, loaded.Context.KeptTokens);
        Assert.Equal(before, await FollowAsync(model));

        // Idempotent, and the caller's chunks are taken anyway.
        Assert.Equal(Id, (await LoadAsync(model, header, Chunks(data, 777))).Context.ContextId);
    }

    [Fact]
    public async Task Compile_EverythingKept_AnswersAsTheWholePrompt()
    {
        await CompileAsync("llama", resident: true, kept: []);
        var followed = await FollowAsync("llama");
        var whole = await StreamAsync(new StreamLayersRequest { Model = "llama", Rows = { Row([.. _prompt, 11, 12]) }, Readout = Vocabulary() });
        Assert.Equal(whole.Length, followed.Length);
        Assert.All(whole.Zip(followed), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task Evict_OfAnotherModel_LeavesTheContext()
    {
        await CompileAsync("gpt2", resident: true);
        Assert.Equal("CONTEXT_NOT_RESIDENT", (await FailureAsync(() =>
            _backbone.Client.EvictContextAsync(new EvictContextRequest { Model = "llama", ContextId = Id }, cancellationToken: Cancellation).ResponseAsync)).Reason);
        Assert.NotEmpty(await FollowAsync("gpt2"));
    }

    [Fact]
    public async Task Load_DamagedOrMisplacedChunks_AreRefusedAndMemoryIsGivenBack()
    {
        var (header, data) = await CompileAsync("gpt2", resident: false);
        Func<KeyValueChunk[]>[] damages =
        [
            () => [.. Chunks(data, 1000).Take(3)],
            () => [.. Chunks(data, 1000).Skip(1)],
            () => [.. Chunks(data, 1000), .. Chunks(data, 1000).Take(1)],
            () => Changed(chunk => chunk.Crc32C ^= 1),
            () => Changed(chunk => chunk.Offset++),
            () => Changed(chunk => chunk.Data = ByteString.Empty),
            () => Changed(chunk => chunk.Data = ByteString.CopyFrom([.. chunk.Data.ToByteArray().Select((b, i) => i == 7 ? (byte)(b ^ 4) : b)])),
        ];
        foreach (var damage in damages)
        {
            var error = await FailureAsync(() => LoadAsync("gpt2", header, damage()));
            Assert.Equal((StatusCode.DataLoss, "CONTEXT_CORRUPT"), (error.Code, error.Reason));
        }

        Assert.Empty((await _backbone.Client.ListContextsAsync(new ListContextsRequest(), cancellationToken: Cancellation)).Contexts);
        Assert.Equal(0, _backbone.Service<ResidentContexts>().Bytes);

        KeyValueChunk[] Changed(Action<KeyValueChunk> change)
        {
            KeyValueChunk[] chunks = [.. Chunks(data, 1000)];
            change(chunks[1]);
            return chunks;
        }
    }

    public static TheoryData<string, string> HostileHeaders => new()
    {
        { "fingerprint", "FINGERPRINT_MISMATCH" },
        { "id", "ARGUMENT_INVALID" },
        { "layers", "ARGUMENT_INVALID" },
        { "huge heads", "ARGUMENT_INVALID" },
        { "negative heads", "ARGUMENT_INVALID" },
        { "type", "ARGUMENT_INVALID" },
        { "total", "ARGUMENT_INVALID" },
        { "negative total", "ARGUMENT_INVALID" },
        { "no kept", "ARGUMENT_INVALID" },
        { "kept out of order", "ARGUMENT_INVALID" },
        { "kept behind the prompt", "ARGUMENT_INVALID" },
        { "prompt of none", "ARGUMENT_INVALID" },
        { "prompt too long", "CONTEXT_TOO_LONG" },
    };

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public async Task Load_HostileHeader_IsRefusedBeforeMemoryIsTaken(string what, string reason)
    {
        var (header, _) = await CompileAsync("gpt2", resident: false);
        Action spoil = what switch
        {
            "fingerprint" => () => header.Fingerprint = new string('0', 64),
            "id" => () => header.ContextId = "../../etc/passwd",
            "layers" => () => header.LayerCount = 5,
            "huge heads" => () => header.KeyValueHeadCount = int.MaxValue,
            "negative heads" => () => header.KeyValueHeadCount = -4,
            "type" => () => header.DataType = Strata.Contracts.Tensor.V1.DataType.Fp16,
            "total" => () => header.TotalBytes = long.MaxValue,
            "negative total" => () => header.TotalBytes = -1,
            "no kept" => header.KeptPositions.Clear,
            "kept out of order" => () => header.KeptPositions[1] = 0,
            "kept behind the prompt" => () => header.KeptPositions[3] = _prompt.Length,
            "prompt of none" => () => header.PromptTokens = 0,
            _ => () => header.PromptTokens = int.MaxValue,
        };
        spoil();
        Assert.Equal(reason, (await FailureAsync(() => LoadAsync("gpt2", header, []))).Reason);
        Assert.Equal(0, _backbone.Service<ResidentContexts>().Bytes);
    }

    [Fact]
    public async Task Load_WithoutHeaderOrWithTwo_IsRefused()
    {
        var (header, data) = await CompileAsync("gpt2", resident: false);
        using var headless = _backbone.Client.LoadContext(cancellationToken: Cancellation);
        await headless.RequestStream.WriteAsync(new LoadContextRequest { Chunk = Chunks(data, 10).First() }, Cancellation);
        Assert.Equal("ARGUMENT_INVALID", (await FailureAsync(() => headless.ResponseAsync)).Reason);

        using var twice = _backbone.Client.LoadContext(cancellationToken: Cancellation);
        await twice.RequestStream.WriteAsync(new LoadContextRequest { Model = "gpt2", Header = header }, Cancellation);
        await twice.RequestStream.WriteAsync(new LoadContextRequest { Header = header }, Cancellation);
        Assert.Equal("ARGUMENT_INVALID", (await FailureAsync(() => twice.ResponseAsync)).Reason);
    }

    [Fact]
    public async Task Load_CancelledUpload_GivesItsMemoryBack()
    {
        var (header, data) = await CompileAsync("gpt2", resident: false);
        using var cancel = new CancellationTokenSource();
        using var call = _backbone.Client.LoadContext(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(new LoadContextRequest { Model = "gpt2", Header = header }, Cancellation);
        await call.RequestStream.WriteAsync(new LoadContextRequest { Chunk = Chunks(data, 1000).First() }, Cancellation);
        var contexts = _backbone.Service<ResidentContexts>();
        await UntilAsync(() => contexts.Bytes > 0);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        await UntilAsync(() => contexts.Bytes == 0);

        async Task UntilAsync(Func<bool> condition)
        {
            while (!condition())
            {
                // A round trip behind the upload, in which the upload gets on.
                await _backbone.Client.GetModelAsync(new GetModelRequest { Name = "gpt2" }, cancellationToken: Cancellation);
            }
        }
    }

    public static TheoryData<string, string> BadQueries => new()
    {
        { "unknown", "CONTEXT_NOT_RESIDENT" },
        { "start without context", "ARGUMENT_INVALID" },
        { "preceding without context", "ARGUMENT_INVALID" },
        { "negative start", "ARGUMENT_INVALID" },
        { "start at the end", "ARGUMENT_INVALID" },
        { "too long", "CONTEXT_TOO_LONG" },
        { "start leaves no room", "CONTEXT_TOO_LONG" },
        { "classifier", "CONTEXTS_UNSUPPORTED" },
        { "another model's", "CONTEXT_NOT_RESIDENT" },
    };

    [Theory]
    [MemberData(nameof(BadQueries))]
    public async Task Query_ThatCannotWork_IsRefused(string what, string reason)
    {
        await CompileAsync("gpt2", resident: true);
        var request = new StreamLayersRequest { Model = "gpt2", ContextId = Id, Rows = { Row([1, 2, 3]) } };
        Action spoil = what switch
        {
            "unknown" => () => request.ContextId = new string('b', 64),
            "start without context" => () => (request.ContextId, request.QueryPositionStart) = ("", 3),
            "preceding without context" => () => (request.ContextId, request.PrecedingText) = ("", "x"),
            "negative start" => () => request.QueryPositionStart = -1,
            "start at the end" => () => request.QueryPositionStart = 96,
            "too long" => () => request.Rows[0] = Row([.. Enumerable.Range(0, 93)]),
            "start leaves no room" => () => request.QueryPositionStart = 94,
            "classifier" => () => request.Model = "bert",
            _ => () => request.Model = "llama",
        };
        spoil();
        Assert.Equal(reason, (await FailureAsync(() => StreamAsync(request))).Reason);
    }

    public static TheoryData<string, string> BadPrompts => new()
    {
        { "none", "ARGUMENT_INVALID" },
        { "too long", "CONTEXT_TOO_LONG" },
        { "token out of range", "TOKEN_OUT_OF_RANGE" },
        { "kept out of order", "ARGUMENT_INVALID" },
        { "kept out of range", "ARGUMENT_INVALID" },
        { "id", "ARGUMENT_INVALID" },
        { "fingerprint", "FINGERPRINT_MISMATCH" },
        { "classifier", "CONTEXTS_UNSUPPORTED" },
    };

    [Theory]
    [MemberData(nameof(BadPrompts))]
    public async Task Compile_ThatCannotWork_IsRefused(string what, string reason)
    {
        var request = new CompileContextRequest { Model = "gpt2", TokenIds = { _prompt }, KeptPositions = { _kept } };
        Action spoil = what switch
        {
            "none" => request.TokenIds.Clear,
            "too long" => () => request.TokenIds.AddRange(Enumerable.Range(0, 90)),
            "token out of range" => () => request.TokenIds[0] = 512,
            "kept out of order" => () => request.KeptPositions.Add(1),
            "kept out of range" => () => request.KeptPositions.Add(9),
            "id" => () => request.ContextId = "A",
            "fingerprint" => () => request.ExpectedFingerprint = new string('0', 64),
            _ => () => request.Model = "bert",
        };
        spoil();
        Assert.Equal(reason, (await FailureAsync(async () =>
        {
            using var call = _backbone.Client.CompileContext(request, cancellationToken: Cancellation);
            await call.ResponseStream.MoveNext(Cancellation);
        })).Reason);
        Assert.Equal(0, _backbone.Service<ResidentContexts>().Bytes);
    }

    [Fact]
    public async Task Compile_BeyondTheMemoryForContexts_IsRefused()
    {
        await using var small = await RunningBackbone.StartAsync([("gpt2", Repository.Golden("gpt2-tiny"))], "--Backbone:MaxContextBytes=100");
        using var call = small.Client.CompileContext(new CompileContextRequest { TokenIds = { _prompt } }, cancellationToken: Cancellation);
        var error = await FailureAsync(() => call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal((StatusCode.ResourceExhausted, "CONTEXT_MEMORY_FULL"), (error.Code, error.Reason));
    }

    private static Row Row(IEnumerable<int> ids) => new() { Tokens = new TokenRow { TokenIds = { ids } } };

    private static BackboneReadout Vocabulary() => new() { Kind = ReadoutKind.FullVocabulary };

    private static IEnumerable<KeyValueChunk> Chunks(byte[] data, int size) => data.Chunk(size).Select((part, i) =>
        new KeyValueChunk { Offset = i * size, Data = ByteString.CopyFrom(part), Crc32C = Crc32C.Of(part) });

    private static async Task<RichError> FailureAsync(Func<Task> call) => RichError.FromException(await Assert.ThrowsAsync<RpcException>(call))!;

    private async Task<(KeyValueHeader Header, byte[] Data)> CompileAsync(string model, bool resident, int[]? kept = null)
    {
        var request = new CompileContextRequest { Model = model, TokenIds = { _prompt }, KeptPositions = { kept ?? _kept }, ContextId = resident ? Id : "" };
        using var call = _backbone.Client.CompileContext(request, cancellationToken: Cancellation);
        KeyValueHeader? header = null;
        using var data = new MemoryStream();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            header ??= message.Header;
            if (message.Chunk is { } chunk)
            {
                Assert.Equal(data.Length, chunk.Offset);
                Assert.Equal(Crc32C.Of(chunk.Data.Span), chunk.Crc32C);
                chunk.Data.WriteTo(data);
            }
        }

        Assert.Equal(header!.TotalBytes, data.Length);
        header.ContextId = Id;
        return (header, data.ToArray());
    }

    private async Task<LoadContextResponse> LoadAsync(string model, KeyValueHeader header, IEnumerable<KeyValueChunk> chunks)
    {
        using var call = _backbone.Client.LoadContext(cancellationToken: Cancellation);
        try
        {
            await call.RequestStream.WriteAsync(new LoadContextRequest { Model = model, Header = header }, Cancellation);
            foreach (var chunk in chunks)
            {
                await call.RequestStream.WriteAsync(new LoadContextRequest { Chunk = chunk }, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception failure) when (failure is RpcException or InvalidOperationException)
        {
            // The server has answered already; the answer says why.
        }

        return await call.ResponseAsync;
    }

    private Task<float[]> FollowAsync(string model) =>
        StreamAsync(new StreamLayersRequest { Model = model, ContextId = Id, Rows = { Row([11, 12]) }, Readout = Vocabulary() });

    private async Task<float[]> StreamAsync(StreamLayersRequest request)
    {
        using var call = _backbone.Client.StreamLayers(request, cancellationToken: Cancellation);
        var values = new List<float>();
        await foreach (var message in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            if (message.Frame is { } frame)
            {
                values.AddRange(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(frame.Values.Data.Span));
            }
        }

        return [.. values];
    }
}
