using CityTwin.ClientApi.Live;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Tests;

public sealed class GatheredTests
{
    [Fact]
    public void Of_many_updates_the_latest_row_of_each_office_is_told_and_the_latest_events_once()
    {
        var gathered = new Gathered();
        for (int i = 1; i <= 1_000; i++)
        {
            gathered.Add(Update(i, [[i % 3, i]], [Event(i)]));
        }

        BoardUpdate told = gathered.TakeUpdate();

        Assert.Equal(1_000, told.Position);
        Assert.Equal([[0, 999], [1, 1_000], [2, 998]], told.Rows.OrderBy(r => r[0]));
        Assert.Equal(Enumerable.Range(0, LiveBoard.RecentMax).Select(i => 1_000L - i), told.Recent.Select(e => e.Position));
        Assert.False(gathered.HasUpdate);
    }

    [Fact]
    public void What_was_told_is_not_told_again()
    {
        var gathered = new Gathered();
        gathered.Add(Update(1, [[0, 5]], [Event(1)]));
        gathered.TakeUpdate();
        gathered.Add(Update(2, [[1, 7]], []));

        BoardUpdate told = gathered.TakeUpdate();

        Assert.Equal([[1, 7]], told.Rows);
        Assert.Empty(told.Recent);
    }

    private static BoardUpdate Update(long position, double?[][] rows, RecentEvent[] recent) =>
        new(RunningCity.Start, position, 0, null!, [], rows, recent, null);

    private static RecentEvent Event(long position) => new(position, RunningCity.Start, TwinId.Case(position), "CaseFiled", default, "");
}
