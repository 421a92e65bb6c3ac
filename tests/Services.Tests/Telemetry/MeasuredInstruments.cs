using System.Diagnostics.Metrics;

namespace Strata.Services.Tests.Telemetry;

/// <summary>Listens to Strata's meters: which instruments there are, and with which attributes they were recorded.</summary>
internal sealed class MeasuredInstruments : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Instrument Instrument, SortedSet<string> Attributes)> _byName = new(StringComparer.Ordinal);

    public MeasuredInstruments()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Strata.", StringComparison.Ordinal))
            {
                lock (_gate)
                {
                    _byName.TryAdd(instrument.Name, (instrument, new SortedSet<string>(StringComparer.Ordinal)));
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Add(instrument, tags));
        _listener.Start();
    }

    /// <summary>One row for each instrument, as docs/telemetry.md writes it.</summary>
    public SortedSet<string> Rows()
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            return new SortedSet<string>(
                _byName.Values.Select(entry => $"| `{entry.Instrument.Name}` | {Kind(entry.Instrument)} | `{entry.Instrument.Unit}` | {Attributes(entry.Attributes)} | {entry.Instrument.Description} |"),
                StringComparer.Ordinal);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static string Attributes(SortedSet<string> names) => names.Count == 0 ? "-" : string.Join(", ", names);

    private static string Kind(Instrument instrument) =>
        instrument.GetType().Name.Split('`')[0].ToLowerInvariant().Replace("observable", "", StringComparison.Ordinal);

    private void Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            foreach (var (name, _) in tags)
            {
                _byName[instrument.Name].Attributes.Add(name);
            }
        }
    }
}
