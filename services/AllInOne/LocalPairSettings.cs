namespace Strata.AllInOne;

/// <summary>What a pair on this machine serves, and where.</summary>
/// <param name="Models">Folder of each model by its name; the first is the default backbone.</param>
/// <param name="DecodingPort">Port of Decoding on loopback; 0 takes a free one.</param>
/// <param name="BackbonePort">Port of Backbone on loopback; 0 takes a free one.</param>
/// <param name="DataFolder">Folder for contexts; empty means Decoding's own default.</param>
/// <param name="ModelRoot">Folder that swaps may take models from; empty means none.</param>
internal sealed record LocalPairSettings(IReadOnlyList<KeyValuePair<string, string>> Models, int DecodingPort, int BackbonePort, string DataFolder, string ModelRoot = "");
