using Strata.Benchmarks.Load.Subjects;
using Strata.Contracts.Backbone.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>Requests of StreamLayers as Decoding sends them.</summary>
internal static class LayerRequests
{
    public static StreamLayersRequest Of(Subject subject, IEnumerable<int> exitLayers)
    {
        var request = new StreamLayersRequest
        {
            Model = subject.Name,
            Readout = new Readout { Kind = subject.IsClassifier ? ReadoutKind.ClassificationHead : ReadoutKind.LabelTokens },
            Rows = { new Row { Text = subject.Texts[0] } },
        };
        request.ExitLayers.AddRange(exitLayers);
        request.Readout.LabelTokenIds.AddRange(subject.LabelReadout.LabelTokenIds);
        return request;
    }
}
