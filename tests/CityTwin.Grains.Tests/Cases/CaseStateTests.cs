using System.Text.Json;

namespace CityTwin.Grains.Tests;

public sealed class CaseStateTests
{
    [Fact]
    public void What_is_packed_comes_back_whole()
    {
        DateTimeOffset local = new(2026, 11, 2, 8, 0, 0, TimeSpan.FromHours(7));
        var state = new CaseState
        {
            Kind = CaseKind.Feedback,
            OnItsWay = true,
            Overdue = true,
            OnTime = false,
            FiledAt = local,
            DueAt = local.AddHours(1),
            StageAt = local.AddHours(2),
            ResolvedAt = local.AddHours(3),
            Until = local.AddHours(4),
            Place = new GeoPoint(16.46, 107.59),
        };
        Assert.Equal((CaseKind.Feedback, true, true), (state.Kind, state.OnItsWay, state.Overdue));
        Assert.False(state.OnTime);
        Assert.Equal(local, state.FiledAt);
        Assert.Equal(TimeSpan.Zero, state.FiledAt.Offset);
        Assert.Equal([local.AddHours(1), local.AddHours(2)], new[] { state.DueAt, state.StageAt });
        Assert.Equal([local.AddHours(3), local.AddHours(4)], new[] { state.ResolvedAt, state.Until });
        Assert.Equal(new GeoPoint(16.46, 107.59), state.Place);
        CaseState cleared = state with { OnTime = null, Overdue = false, ResolvedAt = null, Until = null, Place = null };
        Assert.Equal((null, false, null, null, null), (cleared.OnTime, cleared.Overdue, cleared.ResolvedAt, cleared.Until, cleared.Place));
        Assert.Equal((CaseKind.Feedback, true), (cleared.Kind, cleared.OnItsWay));
        Assert.True((cleared with { OnTime = true }).OnTime);
    }

    [Fact]
    public void A_state_with_nothing_in_it_says_so()
    {
        Assert.Equal((null, null, null, null), (CaseState.Absent.OnTime, CaseState.Absent.ResolvedAt, CaseState.Absent.Until, CaseState.Absent.Place));
        Assert.Equal(default, CaseState.Absent.DueAt);
    }

    [Fact]
    public void A_state_survives_writing_and_reading()
    {
        CaseState state = CaseStory.Asked().State;
        CaseState read = JsonSerializer.Deserialize<CaseState>(JsonSerializer.Serialize(state with { Citizen = default }))!;
        Assert.Equal(Structure.Of(state with { Citizen = default, Commune = default, Office = default, Desk = default, Official = default }),
            Structure.Of(read with { Commune = default, Office = default, Desk = default, Official = default }));
    }
}
