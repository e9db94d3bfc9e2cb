using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class SqliteCrashTests : EmbeddedCrashTests, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IJournal OpenJournal() => JournalFactory.Open(_folder.File("city.db"), CityTwins.Types);
}

public sealed class PostgresCrashTests(PostgresFixture fixture) : EmbeddedCrashTests
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override IJournal OpenJournal() => JournalFactory.Open(_address, CityTwins.Types);
}

/// <summary>In one process a crash is a journal that writes nothing any more.</summary>
public abstract class EmbeddedCrashTests : CrashContract
{
    private FlakyJournal.Trouble _trouble = new();

    protected abstract IJournal OpenJournal();

    protected override async Task<HostUnderTest> OpenAsync(int queueDepthMax)
    {
        FlakyJournal.Trouble trouble = _trouble = new();
        EmbeddedOptions options = new() { QueueDepthMax = queueDepthMax, Engine = { BatchEventsMax = 50 } };
        return await new CityUnderTest(() => new FlakyJournal(OpenJournal(), trouble), options).OpenAsync();
    }

    protected override async Task CrashAsync(HostUnderTest city)
    {
        _trouble.EmptyToo = true;
        _trouble.Order(int.MaxValue);
        await city.DisposeAsync();
    }
}
