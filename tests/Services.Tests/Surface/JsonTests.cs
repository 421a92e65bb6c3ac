using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Surface;

/// <summary>The services as curl sees them: JSON over HTTP/2 on the gRPC port, and over HTTP/1.1 on a port of its own.</summary>
[Collection(PairCollection.Name)]
public sealed class JsonTests(PairFixture pair)
{
    private const string Service = "/strata.decoding.v1.DecodingService/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_SameQuestion_GivesWhatGrpcGives()
    {
        var (status, body) = await PostAsync("Decode", """{"text": "I am so happy today!", "parameters": {"method": "METHOD_CONTRASTIVE"}}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var overGrpc = await pair.Decoding.DecodeAsync(
            new DecodeRequest { Text = "I am so happy today!", Parameters = new DecodeParameters { Method = Method.Contrastive } }, cancellationToken: Cancellation);
        Assert.Equal(overGrpc.Result, DecodeResponse.Parser.ParseJson(body).Result);
    }

    [Fact]
    public async Task ServerStream_ComesAsLines()
    {
        var (status, body) = await PostAsync("ExplainStream", """{"decode": {"text": "I am so happy today!"}}""");
        Assert.Equal(HttpStatusCode.OK, status);
        string[] lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var messages = lines.Select(ExplainStreamResponse.Parser.ParseJson).ToArray();
        Assert.Equal(ExplainStreamResponse.EventOneofCase.Header, messages[0].EventCase);
        Assert.Equal(messages[0].Header.Model.LayerCount + 3, messages.Length);
        Assert.Equal(ExplainStreamResponse.EventOneofCase.Outcome, messages[^1].EventCase);
    }

    [Theory]
    [InlineData("Decode", """{"text": ""}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "TEXT_EMPTY")]
    [InlineData("Decode", "", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "TEXT_EMPTY")]
    [InlineData("Decode", """{"text": "x", "backbone": "nobody"}""", HttpStatusCode.NotFound, "NOT_FOUND", "BACKBONE_NOT_FOUND")]
    [InlineData("Decode", """{"txet": "x"}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "JSON_INVALID")]
    [InlineData("Decode", """{"text": 1}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "JSON_INVALID")]
    [InlineData("Decode", """{"text": "x" """, HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "JSON_INVALID")]
    [InlineData("Decode", """[]""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "JSON_INVALID")]
    [InlineData("DecodeStream", """{}""", HttpStatusCode.NotImplemented, "UNIMPLEMENTED", "STREAM_NEEDS_GRPC")]
    [InlineData("ExplainStream", """{"decode": {"text": ""}}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT", "TEXT_EMPTY")]
    public async Task BadRequest_GetsAnErrorInJson(string method, string json, HttpStatusCode expected, string statusName, string reason)
    {
        var (status, body) = await PostAsync(method, json);
        Assert.Equal(expected, status);
        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal((int)expected, error["code"]!.GetValue<int>());
        Assert.Equal(statusName, error["status"]!.GetValue<string>());
        var info = error["details"]!.AsArray().Single(detail => detail!["@type"]!.GetValue<string>().EndsWith("ErrorInfo", StringComparison.Ordinal));
        Assert.Equal(reason, info!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task BadRequest_DeepNesting_IsRefused()
    {
        var (status, _) = await PostAsync("Decode", string.Concat(Enumerable.Repeat("{\"parameters\":", 10_000)));
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task BadRequest_BodyOverTheLimit_IsRefused()
    {
        var (status, body) = await PostAsync("Decode", "{\"text\": \"" + new string('x', 5 * 1024 * 1024));
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("BODY_TOO_LARGE", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Service, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/json" + Service, HttpStatusCode.NotFound)]
    [InlineData("/JSON" + Service, HttpStatusCode.NotFound)]
    public async Task PlainText_WhateverThePath_IsNotTaken(string path, HttpStatusCode expected)
    {
        // A browser sends plain text to any address without asking that first.
        using var http = Client();
        using var answer = await http.PostAsync(path + "Decode", new StringContent("""{"text": "fine"}""", Encoding.UTF8, "text/plain"), Cancellation);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("0", HttpStatusCode.BadRequest)]
    [InlineData("soon", HttpStatusCode.BadRequest)]
    [InlineData("60000", HttpStatusCode.OK)]
    public async Task Timeout_Header_IsRead(string milliseconds, HttpStatusCode expected)
    {
        var (status, _) = await PostAsync("Decode", """{"text": "fine"}""", milliseconds);
        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Header_NameThatGrpcRefuses_IsLeftOut()
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, Service + "Decode") { Content = Body("""{"text": "fine"}"""), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("x!y", "1");
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "no length\r\n", "", "400", "JSON_INVALID")]
    [InlineData("Transfer-Encoding: chunked", "ffffffffffff\r\n", "", "400", "JSON_INVALID")]
    // The rest of the body comes when the call is over: it is still read, so that the connection ends in order.
    [InlineData("Content-Length: 16\r\nX-Timeout-Ms: 1", "{\"text\":", " \"fine\"}", "504", "DEADLINE_EXCEEDED")]
    public async Task Http1_BodyThatCannotBeRead_IsTheCallersErrorAndNotLogged(string headers, string body, string rest, string status, string reason)
    {
        await using var decoding = await RunningDecoding.StartAsync([("emotion", pair.BackboneAddress, "emotion")], "--Decoding:HttpListen=127.0.0.1:0");
        var address = new Uri(decoding.HttpAddress);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Service}Decode HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}"), Cancellation);
        using var reader = new StreamReader(stream);
        Assert.StartsWith($"HTTP/1.1 {status}", await reader.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(rest), Cancellation);
        Assert.Contains(reason, await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        decoding.Log.AssertEmpty();
    }

    [Fact]
    public async Task HttpListen_Http1_AnswersTheSame()
    {
        await using var decoding = await RunningDecoding.StartAsync([("emotion", pair.BackboneAddress, "emotion")], "--Decoding:HttpListen=127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = new Uri(decoding.HttpAddress) };
        using var answer = await http.PostAsync(Service + "ListBackbones", Body("{}"), Cancellation);
        Assert.Equal(HttpVersion.Version11, answer.Version);
        var listed = ListBackbonesResponse.Parser.ParseJson(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("emotion", Assert.Single(listed.Backbones).Name);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryMethodThatJsonServes()
    {
        using var http = Client();
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi.json", Cancellation))!;
        var methods = DecodingService.Descriptor.Methods.Where(method => !method.IsClientStreaming).Select(method => Service + method.Name);
        Assert.Equal(methods, document["paths"]!.AsObject().Select(path => path.Key));

        var schemas = document["components"]!["schemas"]!.AsObject();
        string[] references = [.. References(document)];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference));
        var alpha = schemas["strata.decoding.v1.DecodeParameters"]!["properties"]!["plausibilityAlpha"]!;
        Assert.StartsWith("alpha: a label is plausible", alpha["description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject entries => entries.SelectMany(entry => entry.Key == "$ref" ? [entry.Value!.GetValue<string>()] : References(entry.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string method, string json, string? timeout = null)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, Service + method) { Content = Body(json), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (timeout is not null)
        {
            request.Headers.Add("X-Timeout-Ms", timeout);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private HttpClient Client() => new()
    {
        BaseAddress = new Uri(pair.DecodingAddress),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");
}
