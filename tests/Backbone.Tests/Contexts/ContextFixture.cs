using Strata.Backbone.Contexts;
using Strata.Backbone.Models;
using Strata.Leases;

namespace Strata.Backbone.Tests.Contexts;

/// <summary>Contexts made as the service makes them.</summary>
internal static class ContextFixture
{
    public static Lease<ResidentContext> Compile(ResidentContexts contexts, HostedModel model, int[] prompt, int[] kept, string id = "context")
    {
        using var reservation = contexts.Reserve(model.KeyValueLayoutOf(kept.Length));
        foreach (var layer in model.Prefill(prompt, kept, reservation.Block, TestContext.Current.CancellationToken))
        {
            Assert.InRange(layer, 1, model.Description.LayerCount);
        }

        return reservation.Keep(new ContextSource(id, model.Description.Name, model.Description.Fingerprint, kept, prompt.Length), model);
    }
}
