using Strata.Cli.Bench;
using Strata.Cli.Bench.Load;

namespace Strata.Cli.Tests.Bench;

/// <summary>Plans that tests change with <c>with</c>.</summary>
internal static class BenchPlans
{
    /// <summary>One caller, no warm-up, no end: give it requests, or a duration, or a rate and a duration.</summary>
    public static BenchPlan Closed(CallKind call) => new()
    {
        Call = call,
        Address = "",
        Backbone = "",
        ContextId = "",
        Readout = "default",
        Texts = ["text"],
        InFlight = 1,
        Connections = 1,
        Requests = null,
        Duration = null,
        Rate = null,
        Schedule = BenchOptions.Constant,
        Seed = 1,
        WarmupCalls = 0,
        Timeout = TimeSpan.FromMinutes(1),
        Thresholds = [],
        Earlier = null,
    };
}
