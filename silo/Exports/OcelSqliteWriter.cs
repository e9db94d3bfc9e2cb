using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Exports;

/// <summary>OCEL 2.0 as an SQLite database: the standard's tables, and one for each type of event and object.</summary>
internal sealed class OcelSqliteWriter : ICaseLogWriter
{
    private const int CasesInTransaction = 2_000;

    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private readonly HashSet<TwinId> _others = [];
    private readonly SqliteConnection _connection;
    private SqliteTransaction _transaction;
    private int _cases;

    /// <summary>Into a file that does not exist yet.</summary>
    public OcelSqliteWriter(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();

        // The file is of no use before it is whole: no part of it need be durable, and references are whole at its end only.
        Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;");
        Run("""
            CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
            CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
            CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type(ocel_type));
            CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type(ocel_type));
            CREATE TABLE event_object (
                ocel_event_id TEXT REFERENCES event(ocel_id), ocel_object_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT,
                PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
            CREATE TABLE object_object (
                ocel_source_id TEXT REFERENCES object(ocel_id), ocel_target_id TEXT REFERENCES object(ocel_id), ocel_qualifier TEXT,
                PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
            """);
        foreach (string activity in CaseLogReader.Activities)
        {
            Run($"CREATE TABLE event_{activity} (ocel_id TEXT PRIMARY KEY REFERENCES event(ocel_id), ocel_time TIMESTAMP{Columns(ObjectLog.EventAttributes)})");
            Run($"INSERT INTO event_map_type VALUES ('{activity}', '{activity}')");
        }
        foreach ((string type, (string Name, string Type)[] attributes) in ObjectLog.ObjectTypes)
        {
            Run($"CREATE TABLE object_{type} (ocel_id TEXT REFERENCES object(ocel_id), ocel_time TIMESTAMP, ocel_changed_field TEXT{Columns(attributes)})");
            Run($"INSERT INTO object_map_type VALUES ('{type}', '{type}')");
        }
        _transaction = _connection.BeginTransaction();
    }

    /// <inheritdoc/>
    public void Write(LoggedCase c)
    {
        foreach (LoggedStep step in c.Steps)
        {
            string id = ObjectLog.IdOf(step);
            Insert("event", ("ocel_id", id), ("ocel_type", step.Activity));
            Insert($"event_{step.Activity}", [("ocel_id", id), ("ocel_time", ObjectLog.Text(step.Happened.At)), .. ObjectLog.Attributes(step)]);
            foreach ((TwinId other, string qualifier) in ObjectLog.Relations(c.Case, step))
            {
                Insert("event_object", ("ocel_event_id", id), ("ocel_object_id", other.ToString()), ("ocel_qualifier", qualifier));
                if (other != c.Case)
                {
                    _others.Add(other);
                }
            }
        }
        WriteObject(c);
        if (++_cases % CasesInTransaction == 0)
        {
            _transaction.Commit();
            _transaction.Dispose();
            _transaction = _connection.BeginTransaction();
        }
    }

    /// <inheritdoc/>
    public void End(IReadOnlyDictionary<TwinId, string> names)
    {
        foreach (TwinId other in _others.Order())
        {
            string type = ObjectLog.TypeOf(other);
            Insert("object", ("ocel_id", other.ToString()), ("ocel_type", type));
            Insert($"object_{type}", [("ocel_id", other.ToString()), ("ocel_time", ObjectLog.Always), .. ObjectLog.Attributes(other, names)]);
        }
        _transaction.Commit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void WriteObject(LoggedCase c)
    {
        string id = c.Case.ToString();
        Insert("object", ("ocel_id", id), ("ocel_type", "case"));
        (string Name, string Time, string Value)[] attributes = [.. ObjectLog.Attributes(c)];
        Insert("object_case", [("ocel_id", id), ("ocel_time", ObjectLog.Always), .. attributes.Where(a => a.Time == ObjectLog.Always).Select(a => (a.Name, a.Value))]);
        foreach ((string name, string time, string value) in attributes.Where(a => a.Time != ObjectLog.Always))
        {
            Insert("object_case", ("ocel_id", id), ("ocel_time", time), ("ocel_changed_field", name), (name, value));
        }
        _others.Add(c.Filed.Commune);
        Insert("object_object", ("ocel_source_id", id), ("ocel_target_id", c.Filed.Commune.ToString()), ("ocel_qualifier", ObjectLog.Relation(c.Case, c)!.Value.Qualifier));
    }

    // The statements are few: one for each table and set of columns.
    private void Insert(string table, params ReadOnlySpan<(string Column, string Value)> values)
    {
        string key = table;
        foreach ((string column, _) in values)
        {
            key += "," + column;
        }
        if (!_commands.TryGetValue(key, out SqliteCommand? command))
        {
            string[] columns = key.Split(',')[1..];
            command = _connection.CreateCommand();
            command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
            for (int i = 0; i < columns.Length; i++)
            {
                command.Parameters.Add($"$p{i}", SqliteType.Text);
            }
            _commands.Add(key, command);
        }
        command.Transaction = _transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value;
        }
        command.ExecuteNonQuery();
    }

    // Column affinities turn the texts of numbers into numbers.
    private static string Columns(IEnumerable<(string Name, string Type)> attributes) => string.Concat(attributes.Select(a => $", {a.Name} " + a.Type switch
    {
        "integer" => "INTEGER",
        "float" => "REAL",
        "time" => "TIMESTAMP",
        "boolean" => "BOOLEAN",
        _ => "TEXT",
    }));

    private void Run(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
