using Strata.Contracts.Decoding.V1;

namespace Strata.Client;

/// <summary>The answer to one request of <see cref="StrataClient.DecodeManyAsync(IEnumerable{string}, int, TimeSpan?, CancellationToken)"/>: a response or an error, never both.</summary>
/// <param name="Index">Position of the request, from 0.</param>
/// <param name="Response">The decision. Null if this request failed.</param>
/// <param name="Error">Why this request alone failed; the others go on. Null if it did not.</param>
public sealed record DecodeAnswer(int Index, DecodeResponse? Response, StrataException? Error)
{
    internal static DecodeAnswer From(DecodeStreamResponse message) =>
        message.OutcomeCase == DecodeStreamResponse.OutcomeOneofCase.Error
            ? new((int)message.Id, null, StrataException.From(message.Error))
            : new((int)message.Id, message.Response, null);
}
