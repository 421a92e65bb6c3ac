using Strata.Contracts.Backbone.V1;

namespace Strata.Cli.Bench.Load;

/// <summary>What <c>layers</c> reads out at each layer, by its name on the command line.</summary>
internal static class Readouts
{
    /// <summary>k of <c>top-k</c>.</summary>
    public const int TopK = 10;

    public static IReadOnlyDictionary<string, ReadoutKind> ByName { get; } = new Dictionary<string, ReadoutKind>
    {
        ["default"] = ReadoutKind.Unspecified,
        ["head"] = ReadoutKind.ClassificationHead,
        ["top-k"] = ReadoutKind.TopK,
        ["full"] = ReadoutKind.FullVocabulary,
        ["hidden"] = ReadoutKind.HiddenState,
    };
}
