using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.InContext;
using ContextRecipe = Strata.Decoding.InContext.ContextRecipe;

namespace Strata.Decoding.Service.Contexts;

/// <summary>A context as the queries of one call follow it.</summary>
internal sealed class BoundContext
{
    private readonly ContextPrompt _prompt;

    /// <param name="prompt">The recipe's prompt.</param>
    /// <param name="keyValues">Shape and origin of the key/values for the model that answers.</param>
    /// <param name="requestedId">Id that the caller named.</param>
    /// <param name="recompiled">Whether they were compiled for this call.</param>
    public BoundContext(ContextPrompt prompt, KeyValueHeader keyValues, string requestedId, bool recompiled)
    {
        _prompt = prompt;
        KeyValues = keyValues;
        QueryPositionStart = QueryPositions.Start(prompt.Recipe.PositionPolicy, keyValues.PromptTokens, keyValues.KeptPositions.Count);
        Use = new ContextUse { Id = keyValues.ContextId, RequestedId = requestedId, Recompiled = recompiled, KeptTokens = keyValues.KeptPositions.Count };
    }

    public string Id => KeyValues.ContextId;

    public ContextRecipe Recipe => _prompt.Recipe;

    public KeyValueHeader KeyValues { get; }

    /// <summary>The end of the prompt, behind which a query's text is tokenized.</summary>
    public string PrecedingText => _prompt.PrecedingText;

    /// <summary>Position id of a query's first token, by the recipe's position policy.</summary>
    public int QueryPositionStart { get; }

    /// <summary>What the response says; grows while the call runs.</summary>
    public ContextUse Use { get; }
}
