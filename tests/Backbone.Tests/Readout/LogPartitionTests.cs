using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Readout;

public class LogPartitionTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1000f)]
    [InlineData(-1000f)]
    public void Of_ShiftedLogits_ShiftsByTheSame(float shift)
    {
        // ln(e^0 + e^1 + e^2) = 2.4076059644443806; the shift would overflow exp without the maximum.
        Assert.Equal(2.407606f + shift, LogPartition.Of([shift, 1 + shift, 2 + shift], new float[3]), 1e-4f * Math.Max(1, Math.Abs(shift)));
    }
}
