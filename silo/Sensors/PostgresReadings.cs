using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Silo.Sensors;

/// <summary>The time series in PostgreSQL, in the schema of the journal.</summary>
/// <remarks>
/// The writer's connection holds a lock that ends with it: of several processes one writes, and the others are refused until it
/// is gone. A connection that breaks is opened again by the next commit, which finds out whether somebody else wrote meanwhile.
/// </remarks>
internal sealed partial class PostgresReadings : ReadingStore
{
    // The journal's lease is key 0 of the schema, the making of its tables key 1.
    private const int LockKey = 2;

    // The session of a process that has just ended may still be being cleared away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly NpgsqlDataSource _source;
    private NpgsqlConnection? _writer;
    private byte[] _block = new byte[64 * 1024];
    private long _number;

    private PostgresReadings(NpgsqlDataSource source, NpgsqlConnection writer)
    {
        _source = source;
        _writer = writer;
        Execute(writer, Tables);
        _number = LastNumber(writer);
        Stand(Scalar(writer, "SELECT followed FROM reading_mark"), Scalar(writer, "SELECT coalesce(sum(count), 0) FROM reading_blocks"));
    }

    /// <summary>Opens the tables, or makes them.</summary>
    /// <param name="address">As the journal's option has it.</param>
    /// <exception cref="JournalException">The database cannot be reached, or another process writes readings there.</exception>
    public static PostgresReadings OpenAt(string address)
    {
        NpgsqlConnectionStringBuilder parsed = PostgresAddress.Parse(address);
        NpgsqlDataSource source = NpgsqlDataSource.Create(parsed);
        try
        {
            using (NpgsqlConnection first = source.OpenConnection())
            {
                Execute(first, $"CREATE SCHEMA IF NOT EXISTS {parsed.SearchPath}");
            }
            return new PostgresReadings(source, OpenWriter(source));
        }
        catch (Exception e) when (e is NpgsqlException or JournalException)
        {
            source.Dispose();
            throw e as JournalException ?? new JournalException($"the time series cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override long Accepted => Interlocked.Read(ref _number);

    /// <inheritdoc/>
    public override async ValueTask<long> AcceptAsync(ReadOnlyMemory<Reading> batch)
    {
        await _writing.WaitAsync();
        try
        {
            NpgsqlConnection writer = _writer ??= Reopened();
            int length = ReadingBlock.Write(batch.Span, ref _block);
            await using NpgsqlBatch commands = new(writer);
            NpgsqlBatchCommand insert = new("INSERT INTO reading_blocks (number, count, readings) VALUES ($1, $2, $3)");
            insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _number + 1 });
            insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.Length });
            insert.Parameters.Add(new NpgsqlParameter { Value = new ReadOnlyMemory<byte>(_block, 0, length), NpgsqlDbType = NpgsqlDbType.Bytea });
            commands.BatchCommands.Add(insert);
            commands.BatchCommands.Add(Mark());
            await commands.ExecuteNonQueryAsync();
            Stored(batch.Length);
            return ++_number;
        }
        catch (NpgsqlException)
        {
            // Whether it was stored is not known: a repeat counts once, and the next commit looks where the series stands.
            if (_writer is { } broken)
            {
                _writer = null;
                await broken.DisposeAsync();
            }
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(long Number, Reading[] Readings)> BatchesAfter(long number)
    {
        using NpgsqlCommand command = _source.CreateCommand("SELECT number, readings FROM reading_blocks WHERE number > $1 ORDER BY number");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
        using NpgsqlDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt64(0), ReadingBlock.Read(rows.GetFieldValue<byte[]>(1)));
        }
    }

    private protected override async ValueTask CloseAsync()
    {
        await _writing.WaitAsync();
        if (_writer is { } writer)
        {
            try
            {
                await using NpgsqlBatch mark = new(writer);
                mark.BatchCommands.Add(Mark());
                await mark.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // The database is away. What was followed since the last mark is followed again, and changes nothing.
            }
            await writer.DisposeAsync();
        }
        await _source.DisposeAsync();
        _writing.Dispose();
    }

    private NpgsqlConnection Reopened()
    {
        NpgsqlConnection writer = OpenWriter(_source);
        long last = LastNumber(writer);
        if (last > _number + 1)
        {
            writer.Dispose();
            throw new JournalException("another process has written readings meanwhile");
        }
        if (last == _number + 1)
        {
            // The commit whose answer was lost had been stored after all.
            Stored((int)Scalar(writer, $"SELECT count FROM reading_blocks WHERE number = {last}"));
            _number = last;
        }
        return writer;
    }

    private static NpgsqlConnection OpenWriter(NpgsqlDataSource source)
    {
        NpgsqlConnection writer = source.OpenConnection();
        int key = WriterLease.KeyOf(new NpgsqlConnectionStringBuilder(writer.ConnectionString).SearchPath!);
        try
        {
            Execute(writer, $"SET lock_timeout = {(int)Patience.TotalMilliseconds}");
            Execute(writer, $"SELECT pg_advisory_lock({key}, {LockKey})");
            Execute(writer, "SET lock_timeout = 0");
            return writer;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            writer.Dispose();
            throw new JournalException("another process writes readings to this database", e);
        }
    }

    private NpgsqlBatchCommand Mark()
    {
        NpgsqlBatchCommand mark = new("UPDATE reading_mark SET followed = $1");
        mark.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Followed });
        return mark;
    }

    private static long LastNumber(NpgsqlConnection connection) =>
        Scalar(connection, "SELECT greatest((SELECT coalesce(max(number), 0) FROM reading_blocks), (SELECT followed FROM reading_mark))");

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private static long Scalar(NpgsqlConnection connection, string sql)
    {
        using NpgsqlCommand command = new(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS reading_blocks (number bigint PRIMARY KEY, count integer NOT NULL, readings bytea NOT NULL);
        ALTER TABLE reading_blocks ALTER COLUMN readings SET STORAGE EXTERNAL;
        CREATE TABLE IF NOT EXISTS reading_chunks (
            sensor bigint NOT NULL, start bigint NOT NULL, measure smallint NOT NULL, packed bytea NOT NULL,
            PRIMARY KEY (sensor, measure, start));
        CREATE TABLE IF NOT EXISTS reading_rollups (
            sensor bigint NOT NULL, start bigint NOT NULL, count bigint NOT NULL, sum double precision NOT NULL,
            min double precision NOT NULL, max double precision NOT NULL, span integer NOT NULL, measure smallint NOT NULL,
            PRIMARY KEY (span, sensor, measure, start));
        CREATE TABLE IF NOT EXISTS reading_watches (sensor bigint PRIMARY KEY, number bigint NOT NULL, state bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS reading_mark (only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one), followed bigint NOT NULL);
        INSERT INTO reading_mark VALUES (true, 0) ON CONFLICT DO NOTHING;
        """;
}
