using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Tests.Bench.Measure;

public sealed class CallRecorderTests
{
    [Fact]
    public void Answered_AfterTheFirstCalls_AllocatesNothing()
    {
        const int Calls = 10_000;
        var recorder = new CallRecorder();
        Answer(recorder, Calls);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Answer(recorder, Calls);

        // A time in another order of magnitude makes a row of 1 KiB; by call there is nothing.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Calls);
    }

    [Fact]
    public void Add_SameOutcomeTwice_KeepsTheFirstMessage()
    {
        var (first, second) = (new CallRecorder(), new CallRecorder());
        var outcome = new Outcome("UNAVAILABLE", "MODEL_LOADING");
        first.Fail(default, outcome, "one");
        second.Fail(default, outcome, "two");
        second.Answered(default, 1, 2);
        first.Add(second);
        Assert.Equal(new OutcomeTally(2, "one"), first.Outcomes[outcome]);
        Assert.Equal((3, 2, 1), (first.Done, first.Failed, first.Outcomes[Outcome.Answered].Count));
    }

    [Fact]
    public void Fail_EndlessReasons_AreCountedTogether()
    {
        var recorder = new CallRecorder();
        for (var index = 0; index < 1000; index++)
        {
            recorder.Fail(default, new Outcome("INTERNAL", $"R{index}"), "");
        }

        Assert.Equal(CallRecorder.MaxOutcomes + 1, recorder.Outcomes.Count);
        Assert.Equal(1000, recorder.Outcomes.Values.Sum(tally => tally.Count));
    }

    private static void Answer(CallRecorder recorder, int calls)
    {
        for (var index = 0; index < calls; index++)
        {
            var arrival = new Arrival(index, Clock.Now);
            recorder.Started(arrival);
            recorder.Answered(arrival, 40, 700);
        }
    }
}
