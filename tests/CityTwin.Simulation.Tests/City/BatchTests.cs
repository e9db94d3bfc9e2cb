using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.City;

public sealed class BatchTests
{
    private const int Size = 4;

    // Thirty days with cases, then none: the last batch has nobody to fill it.
    private static (Recorder Seen, CityOutcome Outcome) Run(ModelBatch? batch)
    {
        ModelService service = Tiny.Service(handling: Duration.Constant(10)) with { ProcessDays = Duration.Constant(0.5) };
        CityModel busy = Tiny.Model(3, 7, service) with { Batch = batch };
        CityModel quiet = busy with { Offices = [busy.Offices[0] with { CasesPerDay = [0] }] };
        Recorder seen = new();
        Timeline timeline = Timeline.Of(busy, Tiny.Monday, 60) with { Phases = [new Phase(Tiny.Monday, busy), new Phase(Tiny.Monday.AddDays(30), quiet)] };
        return (seen, CityRun.Of(timeline, 5, 0, seen, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Results_are_signed_so_many_at_a_time_and_the_last_batch_is_signed_too()
    {
        (Recorder seen, CityOutcome outcome) = Run(new ModelBatch(Size, 3));
        int[] batches = [.. seen.ResolvedAt.Values.GroupBy(at => at).OrderBy(g => g.Key).Select(g => g.Count())];
        Assert.Equal(outcome.Cases, batches.Sum());
        Assert.Equal(0, outcome.ByOffice.OpenAtEnd[0]);
        Assert.All(batches[..^1], b => Assert.Equal(Size, b));
        Assert.InRange(batches[^1], 1, Size);
    }

    [Fact]
    public void A_batch_that_never_fills_is_signed_when_its_first_case_has_waited_long_enough()
    {
        (Recorder alone, _) = Run(null);
        (Recorder seen, CityOutcome outcome) = Run(new ModelBatch(10_000, 2));
        Assert.Equal(0, outcome.ByOffice.OpenAtEnd[0]);
        foreach (IGrouping<DateTimeOffset, KeyValuePair<int, DateTimeOffset>> batch in seen.ResolvedAt.GroupBy(r => r.Value))
        {
            DateTimeOffset first = batch.Min(r => alone.ResolvedAt[r.Key]);
            Assert.Equal(Tiny.Hours.AddDays(first, 2), batch.Key);
        }
        Assert.True(outcome.ByOffice.Days[0] > 0);
    }
}
