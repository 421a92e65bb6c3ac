using Strata.Contracts.Backbone.V1;

namespace Strata.Services.Tests.Backbone;

/// <summary>A request whose layers are larger than HTTP/2's windows: a client that does not read stalls the server inside the stream.</summary>
internal static class StalledStream
{
    public static StreamLayersRequest LargeRequest(string model)
    {
        var request = new StreamLayersRequest
        {
            Model = model,
            Readout = new Readout { Kind = ReadoutKind.HiddenState, Positions = ReadoutPositions.All },
        };
        for (var row = 0; row < 64; row++)
        {
            var tokens = new TokenRow();
            tokens.TokenIds.AddRange(Enumerable.Range(5, 60));
            request.Rows.Add(new Row { Tokens = tokens });
        }

        return request;
    }
}
