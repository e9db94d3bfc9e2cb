using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Tests.Queries;

public sealed class TableReadingTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_that_change_before_and_after_they_are_read_are_each_visited_once_as_they_were(bool byPlaces)
    {
        const int Count = 3_000;
        var view = new QueryView();
        for (int i = 1; i <= Count; i++)
        {
            var filed = new CaseEvent.CaseFiled(
                At, CaseKind.Dossier, "s", TwinId.Commune(1), TwinId.Commune(1), default, Channel.App, Urgency.Normal, At.AddDays(1), "x", 1, [], [], null, null);
            view.Apply(new RecordedEvent(i, TwinId.Case(i), 1, 0, At, default, filed));
        }
        int[]? places = byPlaces ? [.. Enumerable.Range(0, Count).Reverse()] : null;
        List<long> visited = [];
        new TableReading<CaseEntry>(view, view.Tables.Cases, Count, places).Visit((in CaseEntry row) =>
        {
            visited.Add(row.Number);
            Assert.Equal(CaseStage.Received, row.Row.Stage);
            if (visited.Count == 1_500)
            {
                // One in a part that was read, one in the part at hand, one in a part to come, and one of them twice.
                long position = Count;
                foreach (long number in (long[])[5, 1_500, 2_990, 5])
                {
                    view.Apply(new RecordedEvent(++position, TwinId.Case(number), 2, 0, At, default, new CaseEvent.CaseQueued(At, TwinId.Commune(1), TwinId.Desk(101))));
                }
            }
        }, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), visited.Order());
    }
}
