using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Journal;

public sealed class PostgresJournalTests(PostgresFixture fixture) : JournalContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override IJournal Open() => PostgresJournal.Open(_address, CityTwins.Types);

    [Fact]
    public void A_version_of_a_twin_cannot_be_written_twice()
    {
        TwinId official = TwinId.Official(1);
        using (IJournal journal = Open())
        {
            journal.Append(Batch(1, Rated(1, official, 1, 0, 5)));
            JournalException refused = Assert.Throws<JournalException>(() => journal.Append(Batch(2, Rated(2, official, 1, 0, 5))));
            Assert.Contains("events_twin_version_key", refused.Message, StringComparison.Ordinal);
        }

        using IJournal again = Open();
        Assert.Equal(1, again.Position);
    }

    [Fact]
    public void A_writer_whose_lease_was_taken_over_can_commit_nothing()
    {
        using PostgresJournal paused = PostgresJournal.Open(_address, CityTwins.Types);
        paused.Append(Batch(1, Rated(1, TwinId.Official(1), 1, 0, 5)));
        // Its process stands still: the session is there, but nothing renews the lease.
        paused.Lease!.Suspend();
        PostgresServer.Execute(_address, "UPDATE writer SET renewed = now() - interval '1 minute'");

        using IJournal successor = Open();

        Assert.Throws<JournalException>(() => paused.Append(Batch(2, Rated(2, TwinId.Official(1), 2, 1, 5))));
        Assert.Equal(1, successor.Position);
        successor.Append(Batch(1, Rated(2, TwinId.Official(1), 2, 1, 4)));
        Assert.Equal([5, 4], successor.ReadForward(0, 2).Select(r => ((OfficialEvent.OfficialRated)r.Event).Score));
    }

    [Fact]
    public void A_commit_under_an_older_epoch_is_refused_even_on_a_session_that_still_stands()
    {
        using IJournal journal = Open();
        journal.Append(Batch(1, Rated(1, TwinId.Official(1), 1, 0, 5)));
        PostgresServer.Execute(_address, "UPDATE writer SET epoch = epoch + 1");

        JournalException refused = Assert.Throws<JournalException>(() => journal.Append(Batch(2, Rated(2, TwinId.Official(1), 2, 1, 5))));

        Assert.Contains("taken the journal over", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, PostgresServer.Execute(_address, "SELECT count(*) FROM events"));
    }

    [Fact]
    public void A_second_writer_is_told_who_has_the_journal()
    {
        using IJournal journal = Open();

        JournalException refused = Assert.Throws<JournalException>(() => Open());

        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_of_a_later_version_is_refused()
    {
        Open().Dispose();
        PostgresServer.Execute(_address, "INSERT INTO journal_version (version) VALUES (99)");

        Assert.Contains("version 99", Assert.Throws<JournalException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_with_tables_of_something_else_is_refused()
    {
        string schema = new Npgsql.NpgsqlConnectionStringBuilder(_address).SearchPath!;
        PostgresServer.Execute(_address, $"CREATE SCHEMA {schema}; CREATE TABLE events (name text)");

        Assert.Contains("something else", Assert.Throws<JournalException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_with_a_character_that_jsonb_cannot_hold_does_not_stop_the_journal()
    {
        DateTimeOffset at = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);
        using IJournal journal = Open();

        journal.Append(Batch(1, new RecordedEvent(1, TwinId.City(46), 1, 0, at, default, new CityEvent.DaySet(at, new DateOnly(2026, 9, 2), true, "Lễ\0 \\u0000"))));

        CityEvent.DaySet read = Assert.IsType<CityEvent.DaySet>(Assert.Single(journal.ReadForward(0, 1)).Event);
        Assert.Equal("Lễ\uFFFD \\u0000", read.Name);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_said_so() =>
        Assert.Throws<JournalException>(() => PostgresJournal.Open("Host=127.0.0.1;Port=1;Timeout=2", CityTwins.Types));

    [Theory]
    [InlineData("postgres://an:s%40lt@db.hue:5433/city?search_path=hue", "Host=db.hue;Port=5433;Database=city;Username=an;Password=s@lt;Search Path=hue")]
    [InlineData("Host=db.hue;Database=city", "Host=db.hue;Database=city;Search Path=citytwin")]
    public void An_address_can_be_written_in_both_ways(string given, string meant)
    {
        Npgsql.NpgsqlConnectionStringBuilder read = PostgresAddress.Parse(given), expected = new(meant);

        Assert.Equal(
            (expected.Host, expected.Port, expected.Database, expected.Username, expected.Password, expected.SearchPath),
            (read.Host, read.Port, read.Database, read.Username, read.Password, read.SearchPath));
    }
}
