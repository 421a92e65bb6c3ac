using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Report;
using Strata.Cli.Bench.Thresholds;

namespace Strata.Cli.Bench;

/// <summary>The options of <c>strata bench</c>, and the plan that they make.</summary>
internal sealed partial class BenchOptions
{
    /// <summary>Schedule of evenly spaced calls.</summary>
    public const string Constant = "constant";

    /// <summary>Schedule of independent callers.</summary>
    public const string Poisson = "poisson";

    private const string SampleText = "thank you so much, this made my day";
    private const int DefaultOpenInFlight = 256;

    private readonly Argument<string> _call = new("call")
    {
        Description = $"What to call: {string.Join(", ", CallKinds.ByName.Keys)}.",
        DefaultValueFactory = _ => "decode",
    };

    private readonly Option<int?> _concurrency = new("--concurrency", "-c") { Description = "Calls at a time; with --rate the most at a time. Default: 1; with --rate 256." };
    private readonly Option<long?> _requests = new("--requests", "-n") { Description = "Closed loop: calls in all. Default without --duration: 200." };
    private readonly Option<string?> _duration = new("--duration", "-d") { Description = "Time in which calls start, such as 500ms, 30s, 5m. Needed with --rate." };
    private readonly Option<double?> _rate = new("--rate", "-r") { Description = "Open loop: calls due per second, whether or not earlier ones were answered." };
    private readonly Option<string> _schedule = new("--schedule") { Description = "Open loop: constant (evenly spaced) or poisson (independent callers).", DefaultValueFactory = _ => Constant };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the poisson schedule.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _text = new("--text", "-t") { Description = "A text to send; repeated, they take turns." };
    private readonly Option<string?> _file = new("--file", "-f") { Description = "Texts to send in turns, one a line." };
    private readonly Option<string?> _backbone = new("--backbone", "-b") { Description = "Decoding's backbone, or for layers Backbone's model. Default: the server's." };
    private readonly Option<string?> _context = new("--context") { Description = "Id of a context that each text continues." };
    private readonly Option<string> _readout = new("--readout") { Description = $"layers: what is read out: {string.Join(", ", Readouts.ByName.Keys)}.", DefaultValueFactory = _ => "default" };
    private readonly Option<long> _warmup = new("--warmup", "-w") { Description = "Calls made before, and not measured.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> _connections = new("--connections") { Description = "Connections that calls are spread over.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _failIf = new("--fail-if") { Description = "Exit with 4 if this holds, such as \"p99>20ms\", \"errors>0\", \"first-layer.p50>2ms\", \"bytes>4096\", \"rate<100\"; repeatable." };
    private readonly Option<string?> _compare = new("--compare") { Description = "Report of an earlier run, to print ratios to." };

    /// <summary>File that the JSON report goes to.</summary>
    public Option<string?> Out { get; } = new("--out", "-o") { Description = "File to write the JSON report to." };

    public void AddTo(Command command)
    {
        _call.CompletionSources.Add([.. CallKinds.ByName.Keys]);
        _schedule.CompletionSources.Add(Constant, Poisson);
        _readout.CompletionSources.Add([.. Readouts.ByName.Keys]);
        command.Arguments.Add(_call);
        foreach (var option in new Option[] { _concurrency, _requests, _duration, _rate, _schedule, _seed, _text, _file, _backbone, _context, _readout, _warmup, _connections, _failIf, Out, _compare })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the plan.</summary>
    /// <exception cref="UsageException">The options ask for what cannot be.</exception>
    public BenchPlan Plan(ParseResult arguments, ConnectionOptions connection)
    {
        var call = OneOf("call", arguments.GetRequiredValue(_call), CallKinds.ByName);
        var rate = arguments.GetValue(_rate);
        var requests = arguments.GetValue(_requests);
        var duration = arguments.GetValue(_duration) is { } text ? Duration(text) : (TimeSpan?)null;
        var inFlight = arguments.GetValue(_concurrency) ?? (rate is null ? 1 : DefaultOpenInFlight);
        var connections = arguments.GetRequiredValue(_connections);
        var timeout = arguments.GetRequiredValue(connection.Timeout);
        var schedule = arguments.GetRequiredValue(_schedule);
        var readout = arguments.GetRequiredValue(_readout);
        var context = arguments.GetValue(_context) ?? "";
        Require(inFlight >= 1, "--concurrency is 1 or more.");
        Require(connections >= 1, "--connections is 1 or more.");
        Require(inFlight >= connections, $"--connections {connections} needs as many calls at a time; give --concurrency {connections} or more.");
        Require(requests is null or >= 1, "--requests is 1 or more.");
        Require(rate is null || double.IsFinite(rate.Value) && rate > 0, "--rate is a number of calls per second above 0.");
        Require(rate is null || duration is not null, "--rate needs --duration, such as --duration 30s: an open loop ends by time.");
        Require(rate is null || requests is null, "--requests is of a closed loop; with --rate give --duration alone.");
        Require(schedule is Constant or Poisson, $"--schedule '{schedule}' is not known; write {Constant} or {Poisson}.");
        Require(arguments.GetRequiredValue(_warmup) >= 0, "--warmup is 0 or more calls.");
        Require(timeout > 0 && timeout <= TimeSpan.MaxValue.TotalSeconds / 2, "--timeout is a number of seconds above 0.");
        Require(context.Length == 0 || call != CallKind.Layers, "--context is of Decoding's calls; layers goes to Backbone, which knows no stored contexts.");
        Require(readout == "default" || call == CallKind.Layers, "--readout is of layers; Decoding's calls choose their own readout.");
        OneOf("--readout", readout, Readouts.ByName);
        return new BenchPlan
        {
            Call = call,
            Address = arguments.GetRequiredValue(call == CallKind.Layers ? connection.BackboneAddress : connection.Address),
            Backbone = arguments.GetValue(_backbone) ?? "",
            ContextId = context,
            Readout = readout,
            Texts = Texts(arguments),
            InFlight = inFlight,
            Connections = connections,
            Requests = requests ?? (duration is null ? 200 : null),
            Duration = duration,
            Rate = rate,
            Schedule = schedule,
            Seed = arguments.GetRequiredValue(_seed),
            WarmupCalls = arguments.GetRequiredValue(_warmup),
            Timeout = TimeSpan.FromSeconds(timeout),
            Thresholds = [.. (arguments.GetValue(_failIf) ?? []).Select(condition => Threshold.Parse(condition, call, rate is not null))],
            Earlier = arguments.GetValue(_compare) is { } file ? BenchReport.Read(file) : null,
        };
    }

    private IReadOnlyList<string> Texts(ParseResult arguments)
    {
        var texts = (arguments.GetValue(_text) ?? []).ToList();
        if (arguments.GetValue(_file) is { } file)
        {
            try
            {
                texts.AddRange(File.ReadLines(file).Where(line => !string.IsNullOrWhiteSpace(line)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--file {file}: {failure.Message}");
            }

            Require(texts.Count > 0, $"--file {file} holds no text; write one a line.");
        }

        return texts.Count > 0 ? texts : [SampleText];
    }

    private static TimeSpan Duration(string text)
    {
        var match = DurationPattern().Match(text);
        Require(match.Success, $"--duration '{text}' is no time; write a number and ms, s or m, such as 30s.");
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var seconds = match.Groups["unit"].Value switch { "ms" => number / 1000, "m" => number * 60, _ => number };
        Require(seconds is > 0 and <= 1e7, $"--duration '{text}' is out of range; it is above 0 and at most some months.");
        return TimeSpan.FromSeconds(seconds);
    }

    private static T OneOf<T>(string what, string name, IReadOnlyDictionary<string, T> known) => known.TryGetValue(name, out var value)
        ? value
        : throw new UsageException($"{what} '{name}' is not known; write one of {string.Join(", ", known.Keys)}.");

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new UsageException(otherwise);
        }
    }

    [GeneratedRegex(@"^(?<number>[0-9]+(\.[0-9]+)?)(?<unit>ms|s|m)$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();
}
