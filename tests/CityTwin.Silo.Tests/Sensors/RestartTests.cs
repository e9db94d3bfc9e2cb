using CityTwin.Grains;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Mqtt;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Sensors;

/// <summary>Restarts at any moment: watches, alerts and silence are as if the process had never ended.</summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int Batches = 60;

    private static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    private static readonly SensorKind[] Kinds = [SensorKind.Water, SensorKind.Rain, SensorKind.Noise, SensorKind.Traffic];

    [Fact]
    public async Task Whatever_was_stored_when_it_ended_alerts_are_raised_and_cleared_as_in_a_city_that_never_stopped()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        using TemporaryFolder folder = new();
        IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start);
        try
        {
            Reference[] references = [.. Kinds.Select(k => new Reference(k))];
            foreach (Reference reference in references)
            {
                await ingest.RegisterAsync(reference.Twin.Profile!, reference.Twin.Rules!);
            }
            int restarts = 0;
            for (int batch = 0; batch < Batches; batch++)
            {
                Reading[] readings = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => references[random.Next(references.Length)].Next(random))];
                Array.ForEach(readings, r => references.First(f => f.Sensor == r.Sensor).Take(r));
                await ingest.Follower.FollowAsync(await ingest.Store.AcceptAsync(readings), readings);
                if (random.Next(6) == 0)
                {
                    await ingest.Follower.KeepAsync(TestContext.Current.CancellationToken);
                }
                if (random.Next(6) == 0)
                {
                    ingest = await RestartAsync(ingest, folder, random);
                    restarts++;
                }
            }
            await SessionTests.Until(() => ingest.Store.Followed == Batches);
            foreach (Reference reference in references)
            {
                Assert.Equal(reference.Changes, await ChangesAsync(ingest, reference.Sensor));
                Assert.Equal(reference.Watch.Save(), ingest.Follower.Watch(reference.Sensor)!.Save());
            }
            output.WriteLine($"{restarts} restarts, {references.Sum(r => r.Changes.Count)} alerts raised or cleared");
        }
        finally
        {
            await ingest.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_minimum_duration_that_was_running_goes_on_running()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start))
        {
            await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules!);
            await AcceptAsync(ingest, gauge.At(0, 1.5));
            await SessionTests.Until(() => ingest.Store.Followed == 1);
            await ingest.Follower.KeepAsync(TestContext.Current.CancellationToken);
            Assert.Empty(ingest.Store.BatchesAfter(0));
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(5));
        await AcceptAsync(again, gauge.At(5, 1.5));
        await SessionTests.Until(() => again.Directory.Find(gauge.Sensor)?.Level == 1);
        Assert.Equal([(1, Start.AddMinutes(5))], (await ChangesAsync(again, gauge.Sensor)).Select(c => (c.Level, c.At)));
    }

    [Fact]
    public async Task An_alert_of_the_first_readings_is_not_taken_for_one_from_before_them()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start))
        {
            await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules! with { RaiseAfter = TimeSpan.Zero, ClearAfter = TimeSpan.Zero });
            await AcceptAsync(ingest, gauge.At(0, 0.5));
            await AcceptAsync(ingest, gauge.At(5, 1.5));
            await SessionTests.Until(() => ingest.Store.Followed == 2);
            // As if the process had ended after the alert was raised, and before it was noted how far was followed.
            ingest.Store.Followed = 0;
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(6));
        await SessionTests.Until(() => again.Store.Followed == 2);
        Assert.Equal([(1, Start.AddMinutes(5))], (await ChangesAsync(again, gauge.Sensor)).Select(c => (c.Level, c.At)));
    }

    [Fact]
    public async Task A_sensor_that_spoke_again_before_the_end_is_not_taken_for_silent()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start))
        {
            await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules!);
            await AcceptAsync(ingest, gauge.At(0, 0.5));
            await SessionTests.Until(() => ingest.Store.Followed == 1);
            Assert.True((await ingest.City.SendAsync(gauge.Sensor, new SensorCommand.ReportQuiet(Start))).IsSuccess);
            // As if the process had ended between the commit and the report that it is back.
            await ingest.Store.AcceptAsync(new[] { gauge.At(20, 0.5) });
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(21));
        await SessionTests.Until(() => again.Directory.Find(gauge.Sensor) is { SilentAt: null, IsSilent: false });
        await again.City.Runtime.AdvanceAsync(Start.AddHours(1));
        Assert.False(((SensorState)(await again.City.Runtime.ReadAsync(gauge.Sensor)).State).IsSilent);
    }

    [Fact]
    public async Task A_sensor_that_never_spoke_falls_silent_counted_from_its_registration_and_returns_with_its_first_reading()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        ManualTime time = new();
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start, time: time))
        {
            await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules!);
            await ingest.City.Runtime.AdvanceAsync(Start.AddMinutes(16));
            await SweptUntil(time, () => ingest.Directory.Find(gauge.Sensor) is { SilentAt: { } at } && at == Start.AddMinutes(30));
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(31), time: time);
        await SweptUntil(time, () => again.Directory.Find(gauge.Sensor)!.IsSilent);
        await AcceptAsync(again, gauge.At(32, 0.5));
        await SweptUntil(time, () => !again.Directory.Find(gauge.Sensor)!.IsSilent);
        Type[] happened = [.. (await again.City.Runtime.HistoryAsync(gauge.Sensor, 0, 100)).Select(h => h.Event.GetType())];
        Assert.Equal([typeof(SensorEvent.SensorRegistered), typeof(SensorEvent.SensorQuietened), typeof(SensorEvent.SensorFellSilent), typeof(SensorEvent.SensorReturned)], happened);
    }

    [Fact]
    public async Task A_sensor_that_is_worked_on_before_it_ever_spoke_falls_silent_only_afterwards()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        ManualTime time = new();
        Reference other = new(SensorKind.Noise);
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start, time: time);
        await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules!);
        await ingest.RegisterAsync(other.Twin.Profile!, other.Twin.Rules!);
        Assert.True((await ingest.City.SendAsync(gauge.Sensor, new SensorCommand.BeginMaintenance(Start.AddHours(2), "lắp đặt"))).IsSuccess);
        await ingest.City.Runtime.AdvanceAsync(Start.AddHours(1));
        await SweptUntil(time, () => ingest.Directory.Find(other.Sensor)!.IsSilent);
        Assert.True(ingest.Directory.Find(gauge.Sensor) is { IsSilent: false, SilentAt: null });
        await ingest.City.Runtime.AdvanceAsync(Start.AddHours(2));
        await SweptUntil(time, () => ingest.Directory.Find(gauge.Sensor)!.IsSilent);
    }

    [Fact]
    public async Task Settings_that_were_changed_hold_for_the_readings_after_them_only()
    {
        using TemporaryFolder folder = new();
        Reference gauge = new(SensorKind.Water);
        SensorRules strict = gauge.Twin.Rules! with { Levels = [0.2, 0.4], RaiseAfter = TimeSpan.Zero };
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start))
        {
            await ingest.RegisterAsync(gauge.Twin.Profile!, gauge.Twin.Rules!);
            await AcceptAsync(ingest, gauge.At(0, 0.5));
            await SessionTests.Until(() => ingest.Store.Followed == 1);
            Assert.True((await ingest.City.SendAsync(gauge.Sensor, new SensorCommand.ChangeRules(strict))).IsSuccess);
            await SessionTests.Until(() => ingest.Directory.Find(gauge.Sensor)!.Rules!.IsSame(strict));
            await AcceptAsync(ingest, gauge.At(1, 0.3));
            await SessionTests.Until(() => ingest.Store.Followed == 2);
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(2));
        await AcceptAsync(again, gauge.At(2, 0.5));
        await SessionTests.Until(() => again.Directory.Find(gauge.Sensor)?.Level == 2);
        Assert.Equal([(1, Start.AddMinutes(1)), (2, Start.AddMinutes(2))], (await ChangesAsync(again, gauge.Sensor)).Select(c => (c.Level, c.At)));
    }

    // The follower looks round every five seconds.
    private static Task SweptUntil(ManualTime time, Func<bool> holds) => SessionTests.Until(() =>
    {
        time.Advance(TimeSpan.FromSeconds(5));
        return holds();
    });

    private static async Task AcceptAsync(IngestUnderTest ingest, Reading reading) =>
        await ingest.Follower.FollowAsync(await ingest.Store.AcceptAsync(new[] { reading }), new[] { reading });

    /// <summary>Ends at whatever is followed by then, and opens again; that the last reports had arrived may have been lost.</summary>
    private static async Task<IngestUnderTest> RestartAsync(IngestUnderTest ingest, TemporaryFolder folder, Random random)
    {
        await ingest.DisposeAsync();
        using (SqliteConnection readings = new($"Data Source={folder.File("readings.db")};Pooling=false"))
        {
            readings.Open();
            using SqliteCommand older = readings.CreateCommand();
            older.CommandText = $"UPDATE mark SET followed = max(followed - {random.Next(4)}, (SELECT coalesce(min(number) - 1, followed) FROM block))";
            older.ExecuteNonQuery();
        }
        return await IngestUnderTest.OpenAsync(folder, Start);
    }

    private static async Task<List<Change>> ChangesAsync(IngestUnderTest ingest, TwinId sensor) =>
        [.. (await ingest.City.Runtime.HistoryAsync(sensor, 0, 10_000)).Select(e => Change.Of(e.Event)).OfType<Change>()];

    private sealed record Change(bool IsRaised, AlertKind Kind, int Level, DateTimeOffset At)
    {
        public static Change? Of(TwinEvent happened) => happened switch
        {
            SensorEvent.AlertRaised r => new Change(true, r.Kind, r.Level, r.ObservedAt),
            SensorEvent.AlertCleared c => new Change(false, c.Kind, c.Level, c.ObservedAt),
            _ => null,
        };
    }

    /// <summary>A sensor as it would be if nothing ever stopped.</summary>
    private sealed class Reference
    {
        private readonly List<Reading> _sent = [];
        private readonly List<SensorCommand> _reports = [];
        private int _steps;
        private double _value = 0.3;

        public Reference(SensorKind kind)
        {
            SensorProfile profile = new(kind, "R1", TwinId.City(46), TwinId.Commune(19753), new GeoPoint(16.45, 107.56));
            SensorRules rules = SensorRules.DefaultOf(kind) with { SilentAfter = TimeSpan.FromMinutes(30) };
            Twin = SensorState.Absent with { Profile = profile, Rules = kind == SensorKind.Water ? rules with { Levels = [1.0, 2.0, 3.5] } : rules };
            Sensor = SensorNumber.Of(46, kind, "R1");
            Watch = new SensorWatch(Twin);
        }

        public TwinId Sensor { get; }

        public SensorState Twin { get; private set; }

        public SensorWatch Watch { get; }

        public List<Change> Changes { get; } = [];

        public Reading At(int minute, double value) =>
            new(Sensor, SensorKinds.Primary(Twin.Profile!.Kind), Start.AddMinutes(minute).ToUnixTimeMilliseconds(), value);

        /// <summary>The next reading, or one that was sent already, or one that comes late.</summary>
        public Reading Next(Random random)
        {
            if (_sent.Count > 0 && random.Next(4) == 0)
            {
                return _sent[random.Next(_sent.Count)];
            }
            _value = Math.Clamp(_value + ((random.NextDouble() - 0.5) * 0.4), 0, 1);
            double top = Twin.Profile!.Kind switch { SensorKind.Water => 4, SensorKind.Rain => 8, _ => 100 };
            int minute = (5 * _steps++) - (random.Next(6) == 0 ? random.Next(200) : 0);
            _sent.Add(At(minute - 5_000, Math.Round(_value * top, 2)));
            return _sent[^1];
        }

        public void Take(in Reading reading)
        {
            Watch.Observe(reading, _reports);
            foreach (SensorCommand report in _reports)
            {
                Decision<SensorEvent> decision = SensorDecider.Decide(Twin, report, new Turn(Start, null!));
                for (int i = 0; i < decision.Count; i++)
                {
                    Twin = SensorDecider.Evolve(Twin, decision[i]);
                    if (Change.Of(decision[i]) is { } change)
                    {
                        Changes.Add(change);
                    }
                }
            }
            _reports.Clear();
        }
    }
}
