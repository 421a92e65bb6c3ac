namespace Strata.Cli.Bench.Load;

/// <summary>What is called.</summary>
internal enum CallKind
{
    /// <summary>Decode, unary; with a context if one is named.</summary>
    Decode,

    /// <summary>DecodeStream: one stream a connection, many requests in flight.</summary>
    DecodeStream,

    /// <summary>ExplainStream: every layer's answer, then the outcome.</summary>
    Explain,

    /// <summary>Backbone's StreamLayers: no decision, the layers alone.</summary>
    Layers,
}

/// <summary>Names of the calls on the command line and in reports.</summary>
internal static class CallKinds
{
    public static IReadOnlyDictionary<string, CallKind> ByName { get; } = new Dictionary<string, CallKind>
    {
        ["decode"] = CallKind.Decode,
        ["decode-stream"] = CallKind.DecodeStream,
        ["explain"] = CallKind.Explain,
        ["layers"] = CallKind.Layers,
    };

    public static string Name(this CallKind kind) => ByName.First(entry => entry.Value == kind).Key;

    /// <summary>Whether layers arrive one by one.</summary>
    public static bool StreamsLayers(this CallKind kind) => kind is CallKind.Explain or CallKind.Layers;
}
