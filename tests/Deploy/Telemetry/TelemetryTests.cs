using Strata.Contracts.Decoding.V1;
using Strata.Deploy.Tests.Containers;

namespace Strata.Deploy.Tests.Telemetry;

/// <summary>What a collector gets from the real pair: spans of both services with one trace id, and the metrics of docs/telemetry.md.</summary>
[Collection(ImagesCollection.Name)]
public sealed class TelemetryTests(PublishedImages images)
{
    private const string Backbone = "strata-backbone";
    private const string Decoding = "strata-decoding";
    private const int Server = 2;
    private const int Client = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Decode_CollectorNamed_SendsOneTraceOfBothServicesAndTheirMetrics(string protocol)
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using (var pair = await ContainerPair.StartAsync(
            images, protocol == "grpc" ? collector.GrpcAddress : collector.HttpAddress, ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)))
        {
            await pair.Client.DecodeAsync(new DecodeRequest { Text = "thank you so much, this made my day" }, cancellationToken: Cancellation);

            // What was not sent yet is sent at the stop.
            Assert.Equal(0, (await pair.Decoding.StopAsync()).ExitCode);
            Assert.Equal(0, (await pair.Backbone.StopAsync()).ExitCode);
        }

        var spans = collector.Spans.SelectMany(resource => resource.ScopeSpans.SelectMany(scope => scope.Spans).Select(span => (Service: OtlpReceiver.ServiceOf(resource.Resource), Span: span))).ToArray();
        var decode = Assert.Single(spans, span => span.Service == Decoding && span.Span.Kind == Server).Span;
        Assert.Equal("strata.decoding.v1.DecodingService/Decode", decode.Name);
        Assert.Equal(decode.TraceId, Assert.Single(spans.Select(span => span.Span.TraceId).Distinct()));

        // No gap: each span but the first lies in another one that was sent, and the Backbone's lie in Decoding's.
        var byId = spans.ToDictionary(span => span.Span.SpanId);
        Assert.All(spans.Where(span => span.Span != decode), span => Assert.Contains(span.Span.ParentSpanId, byId.Keys));
        var answers = spans.Where(span => span.Service == Backbone).ToArray();
        Assert.All(answers, answer => Assert.Equal((Server, Decoding, Client), (answer.Span.Kind, byId[answer.Span.ParentSpanId].Service, byId[answer.Span.ParentSpanId].Span.Kind)));
        Assert.Contains(answers, answer => answer.Span.Name == "strata.backbone.v1.BackboneService/StreamLayers");

        AssertSent(collector, Backbone, "strata.backbone.");
        AssertSent(collector, Decoding, "strata.decoding.");
    }

    private static void AssertSent(OtlpReceiver collector, string service, string prefix)
    {
        var sent = collector.Metrics.Where(resource => OtlpReceiver.ServiceOf(resource.Resource) == service).SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics).ToArray();
        Assert.Contains(sent, metric => metric.Name == "dotnet.process.memory.working_set");
        Assert.All(TelemetryPage.Metrics.Where(metric => metric.Name.StartsWith(prefix, StringComparison.Ordinal) && metric.IsMeasuredByADecode), metric => AssertSent(sent, metric));
    }

    private static void AssertSent(Metric[] sent, DocumentedMetric documented)
    {
        var metric = sent.LastOrDefault(metric => metric.Name == documented.Name);
        Assert.True(metric is not null, $"{documented.Name} was not sent.");
        Assert.Equal(documented.Unit, metric.Unit);
        if (documented.Kind == "histogram")
        {
            Assert.InRange(Assert.Single(metric.Histogram.DataPoints).Count, 1UL, 10UL);
            Assert.InRange(metric.Histogram.DataPoints[0].ExplicitBounds[0], 0.0001, 1); // made for seconds or rows, not milliseconds
        }
        else
        {
            Assert.Equal(documented.Kind == "counter", metric.Sum.IsMonotonic);
            Assert.Single(metric.Sum.DataPoints);
        }
    }
}
