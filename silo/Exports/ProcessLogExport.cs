using System.IO.Compression;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Operations;

namespace CityTwin.Silo.Exports;

/// <summary>Event logs for process mining, made of a journal as of one moment, beside a city that may be running.</summary>
/// <remarks>No text of a person and no citizen is in them; officials are numbers.</remarks>
public static class ProcessLogExport
{
    /// <summary>Writes an event log.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="file">Where to; replaced when the log is whole. A name that ends in <c>.gz</c> is packed, but for a database.</param>
    /// <param name="format">The form.</param>
    /// <param name="scope">Which part of the journal.</param>
    /// <param name="progress">Is told cases written and cases in all.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static LogTotals Write(string journal, string file, LogFormat format, LogScope scope, Action<long, long>? progress = null)
    {
        using JournalRows rows = JournalRows.Open(journal);
        string partial = file + ".partial";
        File.Delete(partial);
        LogTotals totals;
        if (format == LogFormat.OcelSqlite)
        {
            using OcelSqliteWriter writer = new(partial);
            totals = Write(rows, writer, scope, progress);
        }
        else
        {
            using Stream to = Open(partial, file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
            using ICaseLogWriter writer = format == LogFormat.Xes ? new XesWriter(to) : new OcelJsonWriter(to);
            totals = Write(rows, writer, scope, progress);
        }
        File.Move(partial, file, overwrite: true);
        return totals;
    }

    private static LogTotals Write(JournalRows rows, ICaseLogWriter writer, LogScope scope, Action<long, long>? progress)
    {
        CaseLogReader reader = new(rows, scope);
        long cases = 0, events = 0;
        foreach (LoggedCase c in reader.Read(progress))
        {
            writer.Write(c);
            cases++;
            events += c.Steps.Count;
        }
        writer.End(reader.Names());
        return new LogTotals(cases, events, rows.Position);
    }

    private static Stream Open(string path, bool packed)
    {
        FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        return packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
    }
}
