using CityTwin.Grains;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Turns;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PastCostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Keeping_past_states_of_a_growing_queue_never_outweighs_the_events()
    {
        EmbeddedOptions options = new() { Engine = new EngineOptions { PastSnapshotEvery = 16 } };
        await using (CityUnderTest city = await new CityUnderTest(() => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types), options).OpenAsync())
        {
            await city.SendTogetherAsync(4_000, n => (TwinId.Case(n), city.Report()));
        }

        Assert.InRange(Bytes("past_snapshots"), 1, Bytes("events"));
    }

    public void Dispose() => _folder.Dispose();

    private long Bytes(string table)
    {
        using SqliteConnection connection = new($"Data Source={_folder.File("city.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The table's name is this test's own.
        command.CommandText = $"SELECT ifnull(sum(length(data)), 0) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
