using System.Collections.Concurrent;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>Readers that are kept between uses. Thread-safe.</summary>
internal sealed class SqliteReaderPool(string path, TwinTypes types) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    /// <summary>Reads with a reader that nobody else uses meanwhile.</summary>
    public T Use<T>(Func<SqliteReader, T> read)
    {
        SqliteReader reader = _idle.TryTake(out SqliteReader? idle) ? idle : new SqliteReader(path, types);
        T result;
        try
        {
            result = read(reader);
        }
        catch
        {
            // A statement may be in the middle of its rows: the connection is not used again.
            reader.Dispose();
            throw;
        }
        _idle.Add(reader);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out SqliteReader? reader))
        {
            reader.Dispose();
        }
    }
}
