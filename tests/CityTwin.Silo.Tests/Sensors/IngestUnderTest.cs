using CityTwin.Grains;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Mqtt;
using CityTwin.Silo.Tests.Runtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Sensors;

/// <summary>A city with its time series and an MQTT endpoint, over files that a test can open again.</summary>
public sealed class IngestUnderTest : IAsyncDisposable
{
    private readonly long _before;

    private IngestUnderTest(CityUnderTest city, SensorDirectory directory, ReadingStore store, SensorFollower follower, ReadingIntake intake, BrokerUnderTest broker)
    {
        City = city;
        Directory = directory;
        Store = store;
        _before = store.BatchesAfter(0).Select(b => b.Number).DefaultIfEmpty(store.Followed).Last();
        Follower = follower;
        Intake = intake;
        Broker = broker;
    }

    public CityUnderTest City { get; }

    public SensorDirectory Directory { get; }

    public ReadingStore Store { get; }

    public SensorFollower Follower { get; }

    public ReadingIntake Intake { get; }

    public BrokerUnderTest Broker { get; }

    public static async Task<IngestUnderTest> OpenAsync(TemporaryFolder folder, DateTimeOffset start, bool registersAtFirst = false, TimeProvider? time = null)
    {
        SensorDirectory directory = new();
        SensorOptions options = new() { Path = folder.File("readings.db"), RegisterOnFirstMessage = registersAtFirst, KeepRaw = TimeSpan.FromDays(3_650) };
        CityUnderTest city = await new CityUnderTest(() => SqliteJournal.Open(folder.File("city.db"), CityTwins.Types), views: [directory])
            .OpenAsync(CityClock.Driven(start));
        ReadingStore store = ReadingStore.Open(options.Path);
        SensorFollower follower = new(city.Runtime, store, directory, time ?? TimeProvider.System, NullLogger<SensorFollower>.Instance);
        ReadingIntake intake = new(store, follower, directory, city.Runtime.Clock, options, NullLogger<ReadingIntake>.Instance);
        return new IngestUnderTest(city, directory, store, follower, intake, await BrokerUnderTest.StartAsync(inbox: intake));
    }

    public async Task<TwinId> RegisterAsync(SensorProfile profile, SensorRules rules)
    {
        TwinId id = SensorNumber.Of(46, profile.Kind, profile.Name);
        Assert.True((await City.SendAsync(id, new SensorCommand.Register(profile, rules))).IsSuccess);
        await SessionTests.Until(() => Directory.Find(id) is not null);
        return id;
    }

    /// <summary>Waits until everything durable has been followed.</summary>
    public Task FollowedAsync() => SessionTests.Until(() => Store.Followed == _before + Intake.Commits);

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Intake.DisposeAsync();
        await Follower.DisposeAsync();
        await Store.DisposeAsync();
        await City.DisposeAsync();
    }
}
