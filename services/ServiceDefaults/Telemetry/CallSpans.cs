using System.Diagnostics;
using OpenTelemetry;

namespace Strata.ServiceDefaults.Telemetry;

/// <summary>Names the spans of gRPC calls after their method, which the framework only puts into an attribute, and keeps those of health
/// probes from being sent: one every few seconds would be most of a quiet service's traces.</summary>
internal sealed class CallSpans : BaseProcessor<Activity>
{
    private const string Method = "grpc.method";
    private const string Probe = "/grpc.health.v1.Health/";

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Method) is not string method)
        {
            return;
        }

        if (method.StartsWith(Probe, StringComparison.Ordinal))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        data.DisplayName = method.TrimStart('/');
    }
}
