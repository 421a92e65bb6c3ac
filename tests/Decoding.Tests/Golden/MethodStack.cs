using System.Globalization;
using System.Text.Json;
using Strata.Golden;

namespace Strata.Decoding.Tests.Golden;

/// <summary>One logit stack of tests/golden/methods with its reference values.</summary>
internal sealed class MethodStack
{
    private static readonly Dictionary<string, Lazy<GoldenCase>> Files =
        new[] { "synthetic", "classifiers", "decoders", "cosine" }.ToDictionary(f => f, f => new Lazy<GoldenCase>(() => GoldenCase.Load($"methods/{f}")));

    private readonly GoldenCase _case;
    private readonly string _name;
    private readonly JsonElement _meta;

    private MethodStack(string file, string name)
    {
        _case = Files[file].Value;
        _name = name;
        _meta = _case.Meta.GetProperty("stacks").GetProperty(name);
        var shape = _case.Shape($"{name}/logits");
        LayerCount = (int)shape[0];
        ClassCount = (int)shape[1];
    }

    public int LayerCount { get; }

    public int ClassCount { get; }

    public int Expert => _meta.GetProperty("expert").GetInt32();

    public IEnumerable<double> Targets => Numbers("targets");

    public IEnumerable<double> Alphas => Numbers("alphas");

    public int[] Candidates => [.. _case.Int64($"{_name}/candidates").ToArray().Select(l => (int)l)];

    /// <summary>[layers, C] as stored.</summary>
    public float[] Logits => _case.Float32($"{_name}/logits").ToArray();

    public static TheoryData<string, string> In(params string[] files)
    {
        var rows = new TheoryData<string, string>();
        foreach (var file in files)
        {
            foreach (var stack in Files[file].Value.Meta.GetProperty("stacks").EnumerateObject())
            {
                rows.Add(file, stack.Name);
            }
        }

        return rows;
    }

    public static MethodStack Load(string file, string name) => new(file, name);

    /// <summary>A number as the reference wrote it into tensor names: 13, 7.5, 0.1.</summary>
    public static string Key(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    public bool Has(string quantity) => _case.Has($"{_name}/{quantity}");

    public double[] Doubles(string quantity) => _case.Float64($"{_name}/{quantity}").ToArray();

    public bool[] Mask(string quantity) => [.. _case.UInt8($"{_name}/{quantity}").ToArray().Select(b => b == 1)];

    public int Int(string key) => _meta.GetProperty(key).GetInt32();

    /// <summary>A number of the stack's meta, +infinity where it is null.</summary>
    public double Number(string key) => OrInfinity(_meta.GetProperty(key));

    /// <summary>An entry of a table in the stack's meta; +infinity where it is absent or null.</summary>
    public double Entry(string table, string key) =>
        _meta.GetProperty(table).TryGetProperty(key, out var value) ? OrInfinity(value) : double.PositiveInfinity;

    public int ArgMax(string quantity) => _meta.GetProperty("argmax").GetProperty(quantity).GetInt32();

    public IEnumerable<double> Numbers(string key) => _meta.GetProperty(key).EnumerateArray().Select(v => v.GetDouble());

    private static double OrInfinity(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? double.PositiveInfinity : value.GetDouble();
}
