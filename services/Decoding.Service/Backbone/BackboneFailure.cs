using Grpc.Core;
using Strata.ServiceDefaults.Errors;

namespace Strata.Decoding.Service.Backbone;

/// <summary>Failures of a Backbone call in Decoding's terms: its reason passes through, with the hop in the metadata.</summary>
internal static class BackboneFailure
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(500);

    public static Exception Translate(RpcException failure, string backbone)
    {
        if (RichError.FromException(failure) is { } error)
        {
            var metadata = new Dictionary<string, string>(error.Metadata) { ["backbone"] = backbone };
            return new RichErrorException(error with { Metadata = metadata }, failure);
        }

        return failure.StatusCode switch
        {
            StatusCode.Cancelled => new OperationCanceledException(failure.Message, failure),
            StatusCode.DeadlineExceeded => new RichErrorException(
                new RichError(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", $"The deadline passed before backbone \"{backbone}\" had answered.")
                {
                    Metadata = new Dictionary<string, string> { ["backbone"] = backbone },
                },
                failure),
            StatusCode.Unavailable => new RichErrorException(
                new RichError(StatusCode.Unavailable, "BACKBONE_UNAVAILABLE", $"Backbone \"{backbone}\" cannot be reached; it may be starting or down.")
                {
                    Metadata = new Dictionary<string, string> { ["backbone"] = backbone },
                    RetryDelay = _retryDelay,
                },
                failure),
            _ => new RichErrorException(
                new RichError(StatusCode.Internal, "BACKBONE_FAILED", $"Backbone \"{backbone}\" answered {failure.StatusCode} without a reason.")
                {
                    Metadata = new Dictionary<string, string> { ["backbone"] = backbone, ["statusCode"] = $"{failure.StatusCode}" },
                },
                failure),
        };
    }
}
