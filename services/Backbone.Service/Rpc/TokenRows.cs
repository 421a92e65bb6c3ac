namespace Strata.Backbone.Service.Rpc;

/// <summary>Tokenized rows of a request, before padding.</summary>
/// <param name="Ids">Token ids of each row.</param>
/// <param name="TypeIds">Token type ids of each row, as long as its ids.</param>
/// <param name="TokenizeTime">Time that tokenizing all rows took.</param>
internal sealed record TokenRows(IReadOnlyList<IReadOnlyList<int>> Ids, IReadOnlyList<IReadOnlyList<int>> TypeIds, TimeSpan TokenizeTime);
