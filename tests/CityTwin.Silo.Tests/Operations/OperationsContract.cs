using System.IO.Compression;
using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Operations;

/// <summary>What operators can do with a journal, of either make.</summary>
public abstract class OperationsContract : IDisposable
{
    private const string Name = "Nguyễn Thị Thu Hằng";
    private const string Phone = "0905123987";
    private const string Document = "046187001234";

    private static readonly TwinId Hang = TwinId.Citizen(4_242);
    private static readonly TwinId HerCase = TwinId.Case(500_001);

    protected TemporaryFolder Folder { get; } = new();

    protected abstract string NewJournal();

    protected abstract void Damage(string journal, string sql);

    /// <summary>The files that hold the journal.</summary>
    protected abstract IEnumerable<string> FilesOf(string journal);

    [Fact]
    public async Task A_backup_made_under_load_restores_to_the_same_board_and_is_sound()
    {
        string journal = NewJournal(), other = NewJournal(), file = Folder.File("city.backup");
        BackupManifest manifest;
        CityView expected = View();
        await using (CityUnderTest city = await OpenAsync(journal))
        {
            Task load = city.SendTogetherAsync(1_500, n => (TwinId.Case(n), city.Report(CityUnderTest.Hue.Offices[n % 40].Profile.Id)));
            manifest = JournalBackup.Write(journal, file);
            await load;
            PastViews.Load(city.City.Journal, expected, manifest.Position);
        }

        Assert.Equal(manifest.Position, JournalBackup.Restore(file, other, CityTwins.Types).Position);

        Assert.Empty(JournalVerification.Run(other, CityTwins.Types).Findings);
        using IJournal restored = JournalFactory.Open(other, CityTwins.Types);
        CityView found = View();
        PastViews.Load(restored, found, manifest.Position);
        Assert.Equal(expected.Board.City(manifest.At), found.Board.City(manifest.At));
        Assert.Equal(manifest.Position, restored.Position);
    }

    [Fact]
    public async Task A_backup_carries_the_readings_and_is_not_restored_over_others()
    {
        string journal = NewJournal(), other = NewJournal(), third = NewJournal(), file = Folder.File("city.backup");
        await FillAsync(journal, 5);
        await SeriesContent.FillAsync(journal);

        BackupManifest manifest = JournalBackup.Write(journal, file);
        JournalBackup.Restore(file, other, CityTwins.Types);

        Assert.Equal(2, manifest.Format);
        Assert.Equal(await SeriesContent.ReadAsync(journal), await SeriesContent.ReadAsync(other));
        await SeriesContent.FillAsync(third);
        Assert.Contains("time series", Assert.Throws<JournalException>(() => JournalBackup.Restore(file, third, CityTwins.Types)).Message, StringComparison.Ordinal);
        using IJournal untouched = JournalFactory.Open(third, CityTwins.Types);
        Assert.Equal(0, untouched.Position);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_by_its_checksum_and_nothing_is_restored()
    {
        string journal = NewJournal(), other = NewJournal(), file = Folder.File("city.backup");
        await FillAsync(journal, 50);
        JournalBackup.Write(journal, file);
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Update))
        {
            ZipArchiveEntry entry = archive.GetEntry("events.ndjson")!;
            string text;
            using (StreamReader reader = new(entry.Open()))
            {
                text = reader.ReadToEnd();
            }
            entry.Delete();
            using StreamWriter changed = new(archive.CreateEntry("events.ndjson").Open());
            changed.Write(text.Replace("CaseQueued", "CaseMurked", StringComparison.Ordinal));
        }

        Assert.Contains("checksum", Assert.Throws<JournalException>(() => JournalBackup.Restore(file, other, CityTwins.Types)).Message, StringComparison.Ordinal);
        using IJournal untouched = JournalFactory.Open(other, CityTwins.Types);
        Assert.Equal(0, untouched.Position);
    }

    [Fact]
    public async Task A_journal_with_a_changed_state_a_lost_event_and_a_broken_link_is_not_sound()
    {
        string journal = NewJournal();
        await FillAsync(journal, 50);
        VerificationReport before = JournalVerification.Run(journal, CityTwins.Types);
        Assert.Empty(before.Findings);
        Assert.True(before.States > 50);

        Damage(journal, $"UPDATE snapshots SET data = REPLACE(CAST(data AS TEXT), 'queued', 'closed') WHERE twin = {TwinId.Case(7).Value}");
        Damage(journal, "UPDATE events SET previous = 1 WHERE position = 400");
        Damage(journal, "DELETE FROM events WHERE position = 300");
        IReadOnlyList<string> findings = JournalVerification.Run(journal, CityTwins.Types).Findings;

        Assert.Contains(findings, f => f.Contains($"{TwinId.Case(7)}: the kept state", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.StartsWith("position 400: ", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Contains("a gap or a double", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_that_was_interrupted_goes_on_where_it_was()
    {
        string journal = NewJournal(), other = NewJournal(), whole = Folder.File("events.ndjson.gz"), cut = Folder.File("cut.ndjson.gz");
        await FillAsync(journal, 200);
        long position = JournalExport.Write(journal, whole, withKeys: true);
        string[] lines = Lines(whole);
        using (StreamWriter half = new(new GZipStream(File.Create(cut), CompressionLevel.Fastest)))
        {
            Array.ForEach(lines[..(lines.Length / 2)], half.WriteLine);
        }

        Assert.Contains("cut short", Assert.Throws<JournalException>(() => JournalImport.Read(cut, other, CityTwins.Types)).Message, StringComparison.Ordinal);
        Assert.Equal(position, JournalImport.Read(whole, other, CityTwins.Types));
        Assert.Equal(position, JournalImport.Read(whole, other, CityTwins.Types));

        AssertSameEvents(journal, other);
        await using CityUnderTest city = await OpenAsync(other);
        Assert.Equal(CaseStage.Queued, (await city.CaseAsync(TwinId.Case(7))).Stage);
    }

    [Fact]
    public async Task Compacting_deletes_kept_states_and_views_and_no_event()
    {
        string journal = NewJournal();
        await FillAsync(journal, 300, new EmbeddedOptions { PastViewEvery = 1_000, Engine = { PastSnapshotEvery = 16 } });
        long size = Size(journal);

        Assert.True(JournalTransfer.Compact(journal, CityTwins.Types) > 10);

        Assert.True(Size(journal) < size);
        Assert.Empty(JournalVerification.Run(journal, CityTwins.Types).Findings);
        using IJournal compacted = JournalFactory.Open(journal, CityTwins.Types);
        Assert.Null(compacted.ReadPastView("city", compacted.Position));
        CityView view = View();
        Assert.Equal(compacted.Position, PastViews.Load(compacted, view, compacted.Position));
    }

    [Fact]
    public async Task A_citizen_who_is_forgotten_leaves_no_byte_of_name_phone_or_document_number()
    {
        string journal = NewJournal(), backup = Folder.File("after.backup"), export = Folder.File("after.ndjson.gz");
        EmbeddedOptions options = new() { Journal = journal, Engine = { PastSnapshotEvery = 16, CheckpointEvery = 1_000 } };
        byte[] key;
        await using (CityUnderTest city = await OpenAsync(journal, options))
        {
            string text = $"{Name}, {Phone}, CCCD {Document}";
            await city.SendAsync(HerCase, new CaseCommand.FileFeedback("roads-drainage", city.Commune, Hang, Channel.App, $"Nước ngập nhà tôi. {text}"));
            await city.SendAsync(TwinId.Case(500_002), city.Report());
            Assert.Contains(Name, (await city.CaseAsync(HerCase)).Description, StringComparison.Ordinal);
            long events = city.Runtime.Position;
            using (JournalRows rows = JournalRows.Open(journal))
            {
                key = (byte[])rows.Read(JournalTable.Keys, $"WHERE subject = {Hang.Value}").Single()[1]!;
            }

            Assert.True(await city.City.ForgetAsync(Hang));

            Assert.True(SpinWait.SpinUntil(() => city.Runtime.IsReady, TimeSpan.FromSeconds(30)));
            CaseState forgotten = await city.CaseAsync(HerCase);
            Assert.Equal((CaseStage.Queued, "(erased)"), (forgotten.Stage, forgotten.Description));
            Assert.Equal(city.Report().Description, (await city.CaseAsync(TwinId.Case(500_002))).Description);
            Assert.Equal(events, city.Runtime.Position);
            await city.SendAsync(HerCase, new CaseCommand.Withdraw("tôi đã tự sửa"));
            Assert.Equal("(erased)", ((CaseEvent.CaseFiled)(await city.Runtime.HistoryAsync(HerCase, 0, 1))[0].Event).Description);
        }
        JournalBackup.Write(journal, backup);
        JournalExport.Write(journal, export, withKeys: true);

        Assert.Empty(JournalVerification.Run(journal, CityTwins.Types).Findings);
        string lines = Folder.File("after.ndjson");
        File.WriteAllLines(lines, Lines(export));
        string[] searched = [.. FilesOf(journal), .. Unpacked(backup), lines];
        Assert.True(searched.Length > 8);
        byte[][] secrets = [.. new[] { Name, Phone, Document }.SelectMany(s => new[] { Encoding.UTF8.GetBytes(s), Encoding.Unicode.GetBytes(s) })];
        foreach (string file in searched)
        {
            byte[] bytes = Bytes(file);
            Assert.All(secrets, secret => Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"{Encoding.UTF8.GetString(secret)} in {file}"));
            Assert.True(bytes.AsSpan().IndexOf(key) < 0 || file.Contains("pg_wal", StringComparison.Ordinal), $"the key in {file}");
        }
    }

    [Fact]
    public void Only_citizens_and_cases_can_be_forgotten() =>
        Assert.Throws<ArgumentException>(() => CitizenErasure.Forget(NewJournal(), CityTwins.Types, TwinId.Commune(19753)));

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Folder.Dispose();
    }

    protected static void AssertSameEvents(string journal, string other)
    {
        using IJournal left = JournalFactory.Open(journal, CityTwins.Types), right = JournalFactory.Open(other, CityTwins.Types);
        Assert.Equal(left.ReadForward(0, left.Position).Select(r => $"{r} {r.Event}"), right.ReadForward(0, right.Position).Select(r => $"{r} {r.Event}"));
    }

    protected static async Task FillAsync(string journal, int cases, EmbeddedOptions? options = null)
    {
        await using CityUnderTest city = await OpenAsync(journal, options);
        await city.SendTogetherAsync(cases, n => (TwinId.Case(n), city.Report()));
    }

    protected static async Task FileAsync(string journal, params TwinId[] citizens)
    {
        await using CityUnderTest city = await OpenAsync(journal);
        foreach (TwinId citizen in citizens)
        {
            await city.SendAsync(TwinId.Case(citizen.Number), new CaseCommand.FileFeedback("roads-drainage", city.Commune, citizen, Channel.App, "Nước ngập nhà tôi"));
        }
    }

    private static CityView View() => new(CityUnderTest.Hue.Rules.Calendar);

    private static Task<CityUnderTest> OpenAsync(string journal, EmbeddedOptions? options = null) =>
        new CityUnderTest(() => JournalFactory.Open(journal, CityTwins.Types), options ?? new EmbeddedOptions { Journal = journal }, [View()]).OpenAsync();

    private static long Size(string journal)
    {
        using IJournal opened = JournalFactory.Open(journal, CityTwins.Types);
        return opened.SizeBytes;
    }

    // The server belongs to other tests too, and deletes files of its own accord.
    protected static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static string[] Lines(string packed)
    {
        using StreamReader lines = new(new GZipStream(File.OpenRead(packed), CompressionMode.Decompress));
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string[] Unpacked(string zip)
    {
        string folder = Folder.File("unpacked");
        ZipFile.ExtractToDirectory(zip, folder);
        return Directory.GetFiles(folder);
    }
}
