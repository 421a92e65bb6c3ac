using Grpc.Core;

namespace Strata.ServiceDefaults.Errors;

/// <summary>Parts of the contract that this release does not serve yet: UNIMPLEMENTED with a reason, never a wrong answer.</summary>
public static class Unavailable
{
    /// <summary>In-context-learning contexts.</summary>
    /// <returns>The exception to throw.</returns>
    public static RichErrorException Contexts() => Of("CONTEXTS_UNAVAILABLE", "This release does not serve contexts of demonstrations yet.");

    /// <summary>Swapping a hosted model.</summary>
    /// <returns>The exception to throw.</returns>
    public static RichErrorException Swap() => Of("SWAP_UNAVAILABLE", "This release does not swap models yet; restart the Backbone with the new folder.");

    /// <summary>Scoring labels by all their tokens.</summary>
    /// <returns>The exception to throw.</returns>
    public static RichErrorException MultiTokenScoring() =>
        Of("MULTI_TOKEN_SCORING_UNAVAILABLE", "This release scores labels by their first token only; leave label_set.scoring unset.");

    private static RichErrorException Of(string reason, string message) => new(new RichError(StatusCode.Unimplemented, reason, message));
}
