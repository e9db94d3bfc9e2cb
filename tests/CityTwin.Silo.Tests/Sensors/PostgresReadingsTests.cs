using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Postgres;
using Npgsql;

namespace CityTwin.Silo.Tests.Sensors;

public sealed class PostgresReadingsTests(ITestOutputHelper output, PostgresFixture fixture) : ReadingStoreContract(output)
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override string Place => _address;

    [Fact]
    public void A_second_writer_is_refused_while_the_first_is_there() =>
        Assert.Contains("another process", Assert.Throws<JournalException>(() => ReadingStore.Open(_address)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_writer_whose_session_was_ended_fails_once_and_goes_on()
    {
        string address = fixture.Server.NewAddress();
        await using ReadingStore store = ReadingStore.Open(address);
        Reading[] one = [new(TwinId.Sensor(1), Measure.Rainfall, 60_000, 2)];
        Assert.Equal(1, await store.AcceptAsync(one));
        await EndOtherSessionsAsync(address);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await store.AcceptAsync(one));
        Assert.Equal(2, await store.AcceptAsync(one));
        Assert.Equal([1, 2], store.BatchesAfter(0).Select(b => b.Number));
    }

    [Fact]
    public async Task A_writer_that_another_one_has_followed_stores_nothing_more()
    {
        string address = fixture.Server.NewAddress();
        await using ReadingStore first = ReadingStore.Open(address);
        Reading[] one = [new(TwinId.Sensor(1), Measure.Rainfall, 60_000, 2)];
        await first.AcceptAsync(one);
        await EndOtherSessionsAsync(address);
        await using (ReadingStore second = ReadingStore.Open(address))
        {
            await second.AcceptAsync(one);
            await second.AcceptAsync(one);
        }
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await first.AcceptAsync(one));
        await Assert.ThrowsAsync<JournalException>(async () => await first.AcceptAsync(one));
    }

    /// <summary>Ends every session that holds a lock of readings in this schema: as if their connections had broken.</summary>
    private static async Task EndOtherSessionsAsync(string address)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(address);
        await using NpgsqlCommand end = source.CreateCommand(
            $"SELECT pg_terminate_backend(pid, 2000) FROM pg_locks WHERE locktype = 'advisory' AND objid = 2 AND classid = {unchecked((uint)KeyOf(address))}");
        await end.ExecuteNonQueryAsync();
    }

    private static int KeyOf(string address) =>
        Silo.Journal.Postgres.WriterLease.KeyOf(new NpgsqlConnectionStringBuilder(address).SearchPath!);
}
