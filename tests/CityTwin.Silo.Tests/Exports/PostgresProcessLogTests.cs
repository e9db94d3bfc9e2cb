using CityTwin.Silo.Exports;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Exports;

/// <summary>Event logs of a journal in PostgreSQL say what it says, as those of a file do.</summary>
public sealed class PostgresProcessLogTests(PostgresFixture fixture)
{
    [Fact]
    public async Task A_log_of_a_database_says_what_the_journal_says()
    {
        await using LivedCity city = await LivedCity.LiveAsync(11, fixture.Server.NewAddress());
        List<RecordedEvent> events = await city.EventsAsync();
        foreach (LogScope scope in (LogScope[])[new(), new() { From = city.SecondDay }])
        {
            Dictionary<(string, string), int> expected = ProcessLogTests.Expected(events, scope);
            Assert.NotEmpty(expected);
            foreach (LogFormat format in Enum.GetValues<LogFormat>())
            {
                string file = city.File($"log.{format}");
                LogTotals totals = ProcessLogExport.Write(city.Journal, file, format, scope);
                Assert.Equal(expected.OrderBy(e => e.Key), ReadBack.Counts(file, format).OrderBy(e => e.Key));
                Assert.Equal(expected.Values.Sum(), (int)totals.Events);
            }
        }
    }
}
