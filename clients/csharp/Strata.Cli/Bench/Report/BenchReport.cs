using System.Text.Json;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Bench.Thresholds;

namespace Strata.Cli.Bench.Report;

/// <summary>A run as JSON; docs/bench.md describes each field.</summary>
internal sealed record BenchReport
{
    /// <summary>Value of <see cref="Format"/>; another number after a field changed its meaning.</summary>
    public const string CurrentFormat = "strata-bench/1";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Format { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required string Call { get; init; }
    public required string Address { get; init; }
    public required string Backbone { get; init; }
    public required string ContextId { get; init; }
    public required int Texts { get; init; }
    public required string Loop { get; init; }
    public required int InFlightLimit { get; init; }
    public required int Connections { get; init; }
    public required string? Schedule { get; init; }
    public required double? TargetRatePerS { get; init; }
    public required long WarmupCalls { get; init; }
    public required double ElapsedS { get; init; }
    public required bool Interrupted { get; init; }
    public required long Calls { get; init; }
    public required long Answered { get; init; }
    public required long Errors { get; init; }
    public required double ErrorRate { get; init; }
    public required double RatePerS { get; init; }
    public required long? Overruns { get; init; }
    public required IReadOnlyList<OutcomeCount> Outcomes { get; init; }
    public required Distribution? LatencyMs { get; init; }
    public required Distribution? FailedLatencyMs { get; init; }
    public required Distribution? FirstLayerMs { get; init; }
    public required Distribution? GapMs { get; init; }
    public required Distribution? StartLagMs { get; init; }
    public required Distribution? BytesPerCall { get; init; }
    public required Distribution? SentBytesPerCall { get; init; }
    public required Distribution? ReceivedBytesPerCall { get; init; }
    public required IReadOnlyList<ThresholdCheck> Thresholds { get; init; }

    public static BenchReport Of(BenchPlan plan, DateTimeOffset startedAt, Measurement run)
    {
        const double NanosecondsPerMs = 1e6;
        var calls = run.Calls;
        return new BenchReport
        {
            Format = CurrentFormat,
            StartedAt = startedAt,
            Call = Load.CallKinds.Name(plan.Call),
            Address = plan.Address,
            Backbone = plan.Backbone,
            ContextId = plan.ContextId,
            Texts = plan.Texts.Count,
            Loop = plan.OpenLoop ? "open" : "closed",
            InFlightLimit = plan.InFlight,
            Connections = plan.Connections,
            Schedule = plan.OpenLoop ? plan.Schedule : null,
            TargetRatePerS = plan.Rate,
            WarmupCalls = plan.WarmupCalls,
            ElapsedS = run.Elapsed.TotalSeconds,
            Interrupted = run.Interrupted,
            Calls = calls.Done,
            Answered = calls.Latency.Count,
            Errors = calls.Failed,
            ErrorRate = run.ErrorRate,
            RatePerS = Math.Round(run.Rate, 3),
            Overruns = plan.OpenLoop ? run.Overruns : null,
            Outcomes = [.. calls.Outcomes.OrderByDescending(entry => entry.Value.Count).Select(entry => new OutcomeCount(entry.Key.Status, entry.Key.Reason, entry.Value.Count, entry.Value.FirstMessage))],
            LatencyMs = Distribution.Of(calls.Latency, NanosecondsPerMs),
            FailedLatencyMs = Distribution.Of(calls.FailedLatency, NanosecondsPerMs),
            FirstLayerMs = Distribution.Of(calls.FirstLayer, NanosecondsPerMs),
            GapMs = Distribution.Of(calls.Gap, NanosecondsPerMs),
            StartLagMs = plan.OpenLoop ? Distribution.Of(calls.StartLag, NanosecondsPerMs) : null,
            BytesPerCall = Distribution.Of(calls.Bytes),
            SentBytesPerCall = Distribution.Of(calls.Sent),
            ReceivedBytesPerCall = Distribution.Of(calls.Received),
            Thresholds = [.. plan.Thresholds.Select(threshold => threshold.Check(run))],
        };
    }

    /// <summary>Reads a report of an earlier run.</summary>
    /// <exception cref="UsageException">The file is not there, or no report of this format.</exception>
    public static BenchReport Read(string file)
    {
        try
        {
            var report = JsonSerializer.Deserialize<BenchReport>(File.ReadAllText(file), _json);
            return report?.Format == CurrentFormat ? report : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new UsageException($"--compare {file}: not a report of 'strata bench' of format {CurrentFormat}; make one with --out FILE.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--compare {file}: {failure.Message}");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    /// <summary>How often calls ended so, and what the first of them said.</summary>
    internal sealed record OutcomeCount(string Status, string Reason, long Count, string FirstMessage);
}
