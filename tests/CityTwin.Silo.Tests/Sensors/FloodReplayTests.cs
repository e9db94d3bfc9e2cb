using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Mqtt;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Silo.Tests.Sensors;

/// <summary>
/// The flood of 27 and 28 October 2025 on the Hương at Kim Long, peak 5.05 m over alarm levels 1.0, 2.0 and 3.5 m, as readings of our
/// own making: straight rises and falls between turning points, one every five minutes.
/// </summary>
public sealed class FloodReplayTests
{
    private static readonly DateTimeOffset Start = new(2025, 10, 26, 17, 0, 0, TimeSpan.Zero);

    private static readonly (double Hour, double Level)[] Turns = [(0, 0.6), (6, 1.2), (14, 3.0), (22, 5.05), (30, 4.2), (44, 1.6), (54, 0.5), (58, 0.5)];

    private static readonly SensorRules Rules = SensorRules.DefaultOf(SensorKind.Water) with { Levels = [1.0, 2.0, 3.5], RisePerHourMax = null };

    [Fact]
    public async Task Alarms_come_and_go_at_their_moments_and_make_one_case()
    {
        using TemporaryFolder folder = new();
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start);
        OfficeProfile commune = CityUnderTest.Hue.Offices.First(o => o.Profile.NameVi.Contains("Kim Long", StringComparison.Ordinal)).Profile;
        TwinId[] sensors = new TwinId[2];
        for (int i = 0; i < sensors.Length; i++)
        {
            GeoPoint place = new(commune.Latitude + (i * 0.005), commune.Longitude);
            sensors[i] = await ingest.RegisterAsync(new SensorProfile(SensorKind.Water, $"KL0{i}", TwinId.City(46), commune.Id, place), Rules);
        }
        using RawClient gateway = await ingest.Broker.ConnectAsync();
        for (int minute = 0; minute <= 58 * 60; minute += 5)
        {
            DateTimeOffset at = Start.AddMinutes(minute);
            await ingest.City.Runtime.AdvanceAsync(at);
            await gateway.SendAsync([.. sensors.Select((_, i) => Reading(commune.Id, i, at, LevelAt(minute - (i * 10))))]);
            Assert.All(await gateway.AcksAsync(2), id => Assert.InRange(id, 1, 2));
        }
        await ingest.FollowedAsync();
        await AssertAlarmsAsync(ingest, sensors[0]);
        TwinId area = SensorDecider.AreaOf(ingest.Directory.Find(sensors[0])!.Profile!);
        IReadOnlyList<RecordedEvent> gathered = await ingest.City.Runtime.HistoryAsync(area, 0, 1_000);
        SensorEvent.IncidentOpened opened = Assert.Single(gathered.Select(e => e.Event).OfType<SensorEvent.IncidentOpened>());
        Assert.Equal(5, gathered.Count(e => e.Event is SensorEvent.AlertAttached));
        CaseState filed = await ingest.City.CaseAsync(opened.Case);
        Assert.Equal(("flood-storm", Channel.Sensor, commune.Id), (filed.Service, filed.Channel, filed.Commune));
        await ingest.City.Runtime.AdvanceAsync(Start.AddDays(4));
        Assert.Empty(((SensorState)(await ingest.City.Runtime.ReadAsync(area)).State).Incidents);
        Assert.Equal(5.05, (await ingest.Store.HistoryAsync([sensors[0]], null, Start, Start.AddDays(3), Silo.Sensors.Resolution.Hour, 100)).Max(p => p.Max));
    }

    private static async Task AssertAlarmsAsync(IngestUnderTest ingest, TwinId sensor)
    {
        var alarms = (await ingest.City.Runtime.HistoryAsync(sensor, 0, 1_000)).Select(e => e.Event switch
        {
            SensorEvent.AlertRaised r => ($"+{r.Level}", r.ObservedAt),
            SensorEvent.AlertCleared c => ($"-{c.Level}", c.ObservedAt),
            _ => ("", default),
        }).Where(a => a.Item1.Length > 0);
        Assert.Equal(
            [
                ("+1", Crossing(1.0, rising: true)), ("+2", Crossing(2.0, rising: true)), ("+3", Crossing(3.5, rising: true)),
                ("-3", Crossing(3.45, rising: false)), ("-2", Crossing(1.95, rising: false)), ("-1", Crossing(0.95, rising: false)),
            ],
            alarms);
    }

    /// <summary>The reading that ends the minimum duration: 5 minutes at or above the level, or 15 below it less the hysteresis.</summary>
    private static DateTimeOffset Crossing(double level, bool rising)
    {
        int peak = 22 * 60;
        int minute = rising ? 0 : peak;
        while (rising ? LevelAt(minute) < level : LevelAt(minute) >= level)
        {
            minute += 5;
        }
        return Start.AddMinutes(minute + (rising ? 5 : 15));
    }

    private static double LevelAt(int minute)
    {
        double hour = Math.Max(0, minute / 60.0);
        int next = Array.FindIndex(Turns, t => t.Hour >= hour);
        if (next == 0)
        {
            return Turns[0].Level;
        }
        (double h0, double l0) = Turns[next - 1];
        (double h1, double l1) = Turns[next];
        return Math.Round(l0 + ((hour - h0) / (h1 - h0) * (l1 - l0)), 3);
    }

    private static byte[] Reading(TwinId commune, int sensor, DateTimeOffset at, double level) => RawClient.Publish(
        $"city/46/{commune.NumberText}/water/KL0{sensor}",
        FormattableString.Invariant($$"""{"type":"WaterObserved","dateObserved":"{{at:O}}","height":{{level}}}"""), 1, (ushort)(sensor + 1));
}
