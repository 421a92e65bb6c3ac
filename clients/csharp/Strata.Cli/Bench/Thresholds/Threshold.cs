using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Thresholds;

/// <summary>A condition under which the run fails, as in <c>--fail-if "p99&gt;20ms"</c>.</summary>
internal sealed partial class Threshold
{
    /// <summary>What a condition looks like, for people.</summary>
    public const string Grammar =
        """
        Write METRIC.STATISTIC OPERATOR VALUE UNIT, such as "p99>20ms", "first-layer.p50>2ms", "bytes>4096", "errors>0", "rate<100".
          times (us, ms, s):   latency (may be left out: "p99" is "latency.p99"), failed, first-layer, gap, start-lag
          bytes (B, KiB, MiB): bytes, sent, received; without a statistic the mean
          numbers:             calls, errors, error-rate (0.01 or 1%), rate (per second), overruns
          statistics:          min, mean, max, p50, p90, p95, p99, p99.9, any pNUMBER below 100
          operators:           > >= < <=
        """;

    private readonly Metric _metric;
    private readonly string _statistic;
    private readonly string _operator;
    private readonly double _limit;

    private Threshold(string condition, Metric metric, string statistic, string @operator, double limit) =>
        (Condition, _metric, _statistic, _operator, _limit) = (condition, metric, statistic, @operator, limit);

    /// <summary>The condition as it was written.</summary>
    public string Condition { get; }

    /// <summary>Reads a condition for a run of this kind.</summary>
    /// <exception cref="UsageException">It is none, or the run does not have its metric.</exception>
    public static Threshold Parse(string condition, CallKind call, bool openLoop)
    {
        var match = Pattern().Match(condition);
        if (!match.Success)
        {
            throw Refuse(condition, "is no condition");
        }

        var (name, statistic) = (match.Groups["metric"].Value, match.Groups["statistic"].Value);
        if (statistic.Length == 0 && IsStatistic(name))
        {
            (name, statistic) = ("latency", name);
        }

        var metric = Metric.All.FirstOrDefault(metric => metric.Name == name) ?? throw Refuse(condition, $"names '{name}', which is not measured");
        statistic = Statistic(condition, metric, statistic);
        if (metric.Missing(call, openLoop) is { } missing)
        {
            throw new UsageException($"--fail-if \"{condition}\": {missing}");
        }

        var suffix = match.Groups["unit"].Value;
        var factor = metric.Unit.Factor(suffix)
            ?? throw Refuse(condition, $"has {(suffix.Length == 0 ? "no unit" : $"the unit '{suffix}'")}, and after a value of '{name}' comes {metric.Unit.Suffixes()}");
        var limit = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture) * factor;
        return new Threshold(condition, metric, statistic, match.Groups["operator"].Value, limit);
    }

    /// <summary>Compares with what was measured.</summary>
    public ThresholdCheck Check(Measurement run)
    {
        var unit = _metric.Unit.InReports();

        // No call, no percentile: a threshold is not kept by a run that measured nothing.
        if (_metric.Values is { } values && values(run.Calls).Count == 0)
        {
            return _metric.Name == "failed"
                ? new ThresholdCheck(Condition, null, unit.Name, false, $"{Condition}: no call failed")
                : new ThresholdCheck(Condition, null, unit.Name, true, $"{Condition}: nothing was measured, since no call was answered");
        }

        var measured = _metric.Values is null ? _metric.Number!(run) : Of(_metric.Values(run.Calls));
        var breached = _operator switch
        {
            ">" => measured > _limit,
            ">=" => measured >= _limit,
            "<" => measured < _limit,
            _ => measured <= _limit,
        };
        var apart = Math.Abs(measured - _limit);
        var by = _limit == 0 ? "" : FormattableString.Invariant($" ({apart / _limit * 100:0.#}%)");
        var side = measured >= _limit ? "above" : "below";
        return new ThresholdCheck(
            Condition, measured / unit.Length, unit.Name, breached, $"{Condition}: measured {_metric.Unit.Format(measured)}, {_metric.Unit.Format(apart)}{by} {side} {_metric.Unit.Format(_limit)}");
    }

    private static string Statistic(string condition, Metric metric, string statistic)
    {
        if (metric.Values is null)
        {
            return statistic.Length == 0 ? "" : throw Refuse(condition, $"asks for a statistic of '{metric.Name}', which is one number");
        }

        statistic = statistic.Length == 0 ? metric.DefaultStatistic ?? "" : statistic;
        return IsStatistic(statistic)
            ? statistic
            : throw Refuse(condition, statistic.Length == 0 ? $"needs a statistic, such as '{metric.Name}.p99'" : $"has '{statistic}', which is no statistic");
    }

    private static bool IsStatistic(string text) => text is "min" or "mean" or "max" || Percent(text) is > 0 and < 100;

    private static double? Percent(string text) =>
        text.StartsWith('p') && double.TryParse(text.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent : null;

    private static UsageException Refuse(string condition, string why) => new($"--fail-if \"{condition}\" {why}.{Environment.NewLine}{Grammar}");

    private double Of(LogLinearHistogram values) => _statistic switch
    {
        "min" => values.Min,
        "mean" => values.Mean,
        "max" => values.Max,
        _ => values.Percentile(Percent(_statistic)!.Value),
    };

    [GeneratedRegex(@"^\s*(?<metric>[a-z][a-z-]*|p[0-9.]+)(\.(?<statistic>[a-z]+[0-9.]*))?\s*(?<operator>>=|<=|>|<)\s*(?<value>[0-9]+(\.[0-9]+)?)\s*(?<unit>[a-zA-Zµ%/]*)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
