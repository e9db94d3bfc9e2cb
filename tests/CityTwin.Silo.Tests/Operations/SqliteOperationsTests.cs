using CityTwin.Silo.Operations;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Operations;

public sealed class SqliteOperationsTests : OperationsContract
{
    private int _journals;

    protected override string NewJournal() => Folder.File($"city{++_journals}.db");

    protected override void Damage(string journal, string sql)
    {
        using SqliteConnection connection = new($"Data Source={journal};Pooling=False");
        connection.Open();
        using SqliteCommand command = new(sql, connection);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    protected override IEnumerable<string> FilesOf(string journal) => Directory.GetFiles(Path.GetDirectoryName(journal)!, Path.GetFileName(journal) + "*");
}
