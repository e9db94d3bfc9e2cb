using System.Collections.Concurrent;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>Readers that are kept between uses. Thread-safe.</summary>
internal sealed class SqliteReaderPool : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private readonly string _path;
    private readonly TwinTypes _types;

    /// <summary>A pool of readers of a file.</summary>
    public SqliteReaderPool(string path, TwinTypes types)
    {
        (_path, _types) = (path, types);
        Ring = new KeyRing(subjects => Use(r => r.ReadKeys(subjects)));
    }

    /// <summary>The citizens' keys.</summary>
    public KeyRing Ring { get; }

    /// <summary>Reads with a reader that nobody else uses meanwhile.</summary>
    public T Use<T>(Func<SqliteReader, T> read)
    {
        SqliteReader reader = _idle.TryTake(out SqliteReader? idle) ? idle : new SqliteReader(_path, _types, Ring);
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
