using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Operations;

/// <summary>What a backup holds, as its <c>manifest.json</c> says.</summary>
/// <param name="Format">The format's version: 1; 2 with the tables of readings.</param>
/// <param name="Position">The journal position of the backup.</param>
/// <param name="At">The moment of that event, UTC.</param>
/// <param name="Tables">The tables, with the number of rows and the SHA-256 of each one's rows.</param>
public sealed record BackupManifest(int Format, long Position, DateTimeOffset At, IReadOnlyList<BackupTable> Tables);

/// <summary>One table of a backup.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Sha256">The checksum of its entry, unpacked, in hexadecimal.</param>
public sealed record BackupTable(string Name, long Rows, string Sha256);

/// <summary>Backups of a running city, and their restoring: one zip file, consistent as of one moment, each table with its checksum.</summary>
/// <remarks>The same file restores into SQLite and into PostgreSQL. docs/backup.md describes it.</remarks>
public static class JournalBackup
{
    private const int Format = 2;

    private const int FormatWithoutReadings = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes a backup of a journal as of now; a city on it goes on. A file of that name is replaced when the backup is whole.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="file">Where to.</param>
    /// <param name="progress">Is told rows written and rows in all.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static BackupManifest Write(string journal, string file, Action<long, long>? progress = null)
    {
        using JournalRows rows = JournalRows.Open(journal);
        using ReadingSeries? series = ReadingSeries.Find(journal);
        long all = JournalTable.All.Sum(rows.Count) + (series is null ? 0 : JournalTable.Readings.Sum(series.Count)), done = 0;
        string partial = file + ".partial";
        List<BackupTable> tables = [];
        BackupManifest manifest;
        using (ZipArchive archive = new(File.Create(partial), ZipArchiveMode.Create))
        {
            foreach (JournalTable table in JournalTable.All)
            {
                tables.Add(WriteTable(archive, table, rows.Read(table), () => progress?.Invoke(++done, all)));
            }
            foreach (JournalTable table in series is null ? [] : JournalTable.Readings)
            {
                tables.Add(WriteTable(archive, table, series!.Read(table), () => progress?.Invoke(++done, all)));
            }
            manifest = new BackupManifest(series is null ? FormatWithoutReadings : Format, rows.Position, DateTimeOffset.FromUnixTimeMilliseconds(rows.AtMs), tables);
            using Stream entry = archive.CreateEntry("manifest.json").Open();
            JsonSerializer.Serialize(entry, manifest, Json);
        }
        File.Move(partial, file, overwrite: true);
        return manifest;
    }

    /// <summary>Reads a backup through and compares every checksum.</summary>
    /// <exception cref="JournalException">It is no backup, of a later format, or damaged.</exception>
    public static BackupManifest Check(string file)
    {
        using ZipArchive archive = Open(file);
        BackupManifest manifest = ReadManifest(archive, file);
        foreach (BackupTable table in manifest.Tables)
        {
            using Stream entry = Entry(archive, table.Name, file).Open();
            string sum = Convert.ToHexStringLower(Guarded(() => SHA256.HashData(entry), file));
            if (sum != table.Sha256)
            {
                throw new JournalException($"'{file}' is damaged: the checksum of '{table.Name}' is {sum}, and should be {table.Sha256}");
            }
        }
        return manifest;
    }

    /// <summary>Restores a backup, which is checked first, into a journal without events: wholly or not at all.</summary>
    /// <exception cref="JournalException">The backup is damaged, or the journal has events or is in use.</exception>
    public static BackupManifest Restore(string file, string journal, TwinTypes types, Action<long, long>? progress = null)
    {
        BackupManifest manifest = Check(file);
        using JournalLoad target = JournalLoad.Open(journal, types);
        if (target.Position != 0)
        {
            throw new JournalException($"the journal has events up to position {target.Position}: a backup is restored into an empty one");
        }
        using ReadingSeries? series = manifest.Format == FormatWithoutReadings ? null : ReadingSeries.Make(journal);
        long all = manifest.Tables.Sum(t => t.Rows), done = 0;
        using ZipArchive archive = Open(file);
        foreach (JournalTable table in JournalTable.All)
        {
            RestoreTable(table, target.Add);
        }
        foreach (JournalTable table in series is null ? [] : JournalTable.Readings)
        {
            RestoreTable(table, series!.Add);
        }
        series?.Commit();
        target.Commit();
        return manifest;

        void RestoreTable(JournalTable table, Func<JournalTable, IEnumerable<object?[]>, long> add)
        {
            BackupTable expected = manifest.Tables.First(t => t.Name == table.Name);
            using Stream entry = Entry(archive, table.Name, file).Open();
            long added = add(table, BackupRows.Read(entry, table).Select(row =>
            {
                progress?.Invoke(++done, all);
                return row;
            }));
            if (added != expected.Rows)
            {
                throw new JournalException($"'{file}' is damaged: '{table.Name}' has {added} rows, and should have {expected.Rows}");
            }
        }
    }

    private static BackupTable WriteTable(ZipArchive archive, JournalTable table, IEnumerable<object?[]> rows, Action written)
    {
        using SHA256 sum = SHA256.Create();
        long count = 0;
        using (Stream entry = archive.CreateEntry(table.Name + ".ndjson", CompressionLevel.Fastest).Open())
        using (CryptoStream summed = new(entry, sum, CryptoStreamMode.Write))
        {
            count = BackupRows.Write(summed, table, rows, written);
        }
        return new BackupTable(table.Name, count, Convert.ToHexStringLower(sum.Hash!));
    }

    private static ZipArchive Open(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new JournalException($"'{file}' is no backup that can be read: {e.Message}", e);
        }
    }

    private static BackupManifest ReadManifest(ZipArchive archive, string file)
    {
        using Stream entry = (archive.GetEntry("manifest.json") ?? throw new JournalException($"'{file}' is no backup: it has no manifest.json")).Open();
        BackupManifest manifest = Guarded(() => JsonSerializer.Deserialize<BackupManifest>(entry, Json), file)
            ?? throw new JournalException($"'{file}' is no backup: its manifest is empty");
        return manifest.Format is FormatWithoutReadings or Format
            ? manifest
            : throw new JournalException($"'{file}' is of backup format {manifest.Format}; this program knows formats up to {Format}");
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string table, string file) =>
        archive.GetEntry(table + ".ndjson") ?? throw new JournalException($"'{file}' is damaged: it has no '{table}'");

    private static T Guarded<T>(Func<T> read, string file)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or IOException)
        {
            throw new JournalException($"'{file}' is damaged: {e.Message}", e);
        }
    }
}
