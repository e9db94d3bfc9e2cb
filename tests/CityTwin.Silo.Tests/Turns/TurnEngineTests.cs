using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Turns;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Turns;

/// <summary>The engine itself, step by step.</summary>
public sealed class TurnEngineTests : IDisposable
{
    private static readonly TwinId Case1 = TwinId.Case(1);
    private static readonly OfficeDefinition Office = CityUnderTest.Hue.Offices[0];

    private readonly TemporaryFolder _folder = new();
    private SqliteJournal _journal;
    private TurnEngine _engine;
    private ulong _commands;

    public TurnEngineTests()
    {
        _journal = SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types);
        _engine = Recover();
        _engine.SetTime(CityUnderTest.Start);
        CityDefinition hue = CityUnderTest.Hue;
        Send(hue.Id, new CityCommand.Found(hue.NameVi, hue.NameEn, hue.Population, [.. hue.Offices.Select(o => o.Profile.Id)], hue.Fingerprint));
        Send(Office.Profile.Id, new OfficeCommand.Establish(Office.Profile, Office.Desks));
        Send(Case1, new CaseCommand.FileFeedback("waste-environment", Office.Profile.Id, default, Channel.App, "Rác chưa thu gom"));
    }

    [Fact]
    public void A_reading_has_the_version_of_its_state_although_turns_of_its_batch_follow()
    {
        _engine.Execute(new Request(Case1, null, default, new Sink(), 0));
        _engine.Execute(new Request(Case1, new CaseCommand.Withdraw(), new CommandId(1), new Sink(), 0));
        SealedBatch batch = _engine.Seal(checkpoint: false);

        PendingReply reading = batch.Replies[0];
        Assert.Equal(CaseStage.Withdrawn, ((CaseState)reading.State!).Stage);
        Assert.Equal((batch.Replies[1].Version, batch.Replies[1].Position), (reading.Version, reading.Position));
    }

    [Fact]
    public void A_deadline_armed_after_the_checkpoint_outlives_a_restart_although_the_snapshot_has_it()
    {
        CaseState queued = State();
        TwinId official = Office.Desks.First(d => d.Id == queued.Desk).Officials[0];
        Send(queued.Desk, new DeskCommand.Start(Case1, official));
        Checkpoint(isCompleted: true);
        Send(Case1, new CaseCommand.AskCitizen(official, [], "Ở đâu?"));
        DateTimeOffset until = State().Until!.Value;
        Checkpoint(isCompleted: false);

        Reopen();
        _engine.FireDue(until);

        Assert.Equal(CaseStage.Withdrawn, State().Stage);
    }

    [Fact]
    public void A_stopped_twin_keeps_its_deadline_for_a_program_that_can_run_it()
    {
        DateTimeOffset due = State().DueAt;
        Checkpoint(isCompleted: true);
        string file = _folder.File("city.db");
        string state = Sql(file, $"SELECT CAST(data AS TEXT) FROM snapshots WHERE twin = {Case1.Value}");
        Reopen(() => Sql(file, $"UPDATE snapshots SET data = '{{' WHERE twin = {Case1.Value}"));
        _engine.FireDue(due.AddHours(1));
        _engine.Read(Case1, out Exception? fault);
        Assert.IsType<System.Text.Json.JsonException>(fault, exactMatch: false);
        Send(TwinId.Case(2), new CaseCommand.FileFeedback("waste-environment", Office.Profile.Id, default, Channel.App, "Rác chưa thu gom"));
        Checkpoint(isCompleted: true);

        Reopen(() => Sql(file, $"UPDATE snapshots SET data = '{state.Replace("'", "''", StringComparison.Ordinal)}' WHERE twin = {Case1.Value}"));
        _engine.FireDue(due.AddHours(1));

        Assert.True(State().Overdue);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    private void Reopen(Action? meanwhile = null)
    {
        _journal.Dispose();
        meanwhile?.Invoke();
        _journal = SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types);
        _engine = Recover();
    }

    private static string Sql(string file, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? "";
    }

    private TurnEngine Recover()
    {
        TurnEngine engine = new(CityTwins.Types, CityUnderTest.Hue.Rules, CityUnderTest.Hue.Id, _journal, new EngineOptions());
        engine.Recover(_journal.ReadCheckpoint(), null);
        return engine;
    }

    private CaseState State()
    {
        _engine.Execute(new Request(Case1, null, default, new Sink(), 0));
        SealedBatch batch = _engine.Seal(checkpoint: false);
        Append(batch);
        return (CaseState)batch.Replies[0].State!;
    }

    private void Send(TwinId target, TwinCommand command)
    {
        _engine.Execute(new Request(target, command, new CommandId(9).Derive(++_commands), new Sink(), 0));
        _engine.DeliverMessages();
        SealedBatch batch = _engine.Seal(checkpoint: false);
        Assert.Equal(ReplyStatus.Accepted, batch.Replies[0].Status);
        Append(batch);
    }

    // A checkpoint's snapshots are written with the batches after its first; it is complete when the views are saved too.
    private void Checkpoint(bool isCompleted)
    {
        Append(_engine.Seal(checkpoint: true));
        if (isCompleted)
        {
            _engine.Plan!.SetViews(new Dictionary<string, byte[]>());
        }
        Append(_engine.Seal(checkpoint: false));
        Assert.Equal(isCompleted, _engine.Plan is null);
    }

    private void Append(SealedBatch batch)
    {
        if (!batch.Commit.IsEmpty)
        {
            _journal.Append(batch.Commit);
        }
    }

    private sealed class Sink : IReplySink
    {
        public void Complete(int index, Reply reply)
        {
        }
    }
}
