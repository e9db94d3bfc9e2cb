using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Journal;

/// <summary>What every journal must do, whatever it is made of.</summary>
public abstract class JournalContract
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 30, 0, TimeSpan.Zero);
    private static readonly TwinId An = TwinId.Official(19753001);
    private static readonly TwinId Binh = TwinId.Official(19753002);

    protected abstract IJournal Open();

    [Fact]
    public void An_empty_journal_has_no_events()
    {
        using IJournal journal = Open();

        Assert.Equal(0, journal.Position);
        Assert.Null(journal.ReadCheckpoint());
        Assert.Empty(journal.ReadForward(0, 10));
        Assert.Empty(journal.ReadOutbox());
        Assert.Equal(0, journal.PositionAt(Start));
    }

    [Fact]
    public void Events_are_read_back_in_order_after_reopening()
    {
        using (IJournal journal = Open())
        {
            journal.Append(Batch(1, Rated(1, An, 1, 0, 5), Rated(2, Binh, 1, 0, 4)));
            journal.Append(Batch(2, Rated(3, An, 2, 1, 3)));
        }

        using IJournal again = Open();

        Assert.Equal(3, again.Position);
        Assert.Equal(Start.AddMinutes(3), again.LastAt);
        Assert.Equal([Rated(1, An, 1, 0, 5), Rated(2, Binh, 1, 0, 4), Rated(3, An, 2, 1, 3)], again.ReadForward(0, 3));
        Assert.Equal([Rated(2, Binh, 1, 0, 4)], again.ReadForward(1, 2));
    }

    [Fact]
    public void A_history_is_walked_back_from_its_head()
    {
        using IJournal journal = Open();
        journal.Append(Batch(1, Rated(1, An, 1, 0, 5), Rated(2, Binh, 1, 0, 4), Rated(3, An, 2, 1, 3), Rated(4, An, 3, 3, 2)));

        Assert.Equal([1L, 3, 4], journal.ReadHistory(4, 0).Select(r => r.Position));
        Assert.Equal([4L], journal.ReadHistory(4, 2).Select(r => r.Position));
        Assert.Empty(journal.ReadHistory(0, 0));
    }

    [Fact]
    public void The_position_at_a_moment_is_that_of_the_last_event_not_after_it()
    {
        using IJournal journal = Open();
        journal.Append(Batch(1, [.. Enumerable.Range(1, 9).Select(i => Rated(i, An, i, i - 1, 5))]));

        Assert.Equal(0, journal.PositionAt(Start));
        Assert.Equal(4, journal.PositionAt(Start.AddMinutes(4)));
        Assert.Equal(4, journal.PositionAt(Start.AddMinutes(4).AddSeconds(59)));
        Assert.Equal(9, journal.PositionAt(Start.AddDays(1)));
    }

    [Fact]
    public void Undelivered_messages_are_kept_until_they_are_removed()
    {
        OfficialCommand message = new OfficialCommand.RecordRating(TwinId.Case(7), 4);
        using (IJournal journal = Open())
        {
            CommitBatch batch = Batch(1, Rated(1, An, 1, 0, 5));
            batch.OutboxAdded.Add(new OutboxEntry(1, An, message));
            batch.OutboxAdded.Add(new OutboxEntry(2, Binh, message));
            journal.Append(batch);
            CommitBatch next = Batch(2);
            next.OutboxRemoved.Add(1);
            journal.Append(next);
        }

        using IJournal again = Open();

        Assert.Equal([new OutboxEntry(2, Binh, message)], again.ReadOutbox());
    }

    [Fact]
    public void The_latest_snapshot_and_checkpoint_count()
    {
        OfficialState state = new() { Office = TwinId.Commune(19753), Desk = TwinId.Desk(1975301), Handled = 9, Worked = TimeSpan.FromMinutes(90) };
        using (IJournal journal = Open())
        {
            CommitBatch batch = Batch(1, Rated(1, An, 1, 0, 5));
            batch.Snapshots.Add(new TwinSnapshot(An, 1, 1, OfficialState.Absent, [], false));
            journal.Append(batch);
            CommitBatch next = Batch(2, Rated(2, An, 2, 1, 5));
            next.Snapshots.Add(new TwinSnapshot(An, 2, 2, state, [1, 2, 3], true));
            next.Checkpoint = new Checkpoint(2, Start, [9, 9], new Dictionary<string, byte[]> { ["board"] = [7] });
            journal.Append(next);
        }

        using IJournal again = Open();
        TwinSnapshot read = again.ReadSnapshot(An)!;

        Assert.Equal((2, 2L, true), (read.Version, read.Position, read.Finished));
        Assert.Equal(state, read.State);
        Assert.Equal([1, 2, 3], read.Recent);
        Assert.Null(again.ReadSnapshot(Binh));
        Checkpoint checkpoint = again.ReadCheckpoint()!;
        Assert.Equal((2L, Start), (checkpoint.Position, checkpoint.At));
        Assert.Equal([9, 9], checkpoint.Deadlines);
        Assert.Equal([7], checkpoint.Views["board"]);
    }

    [Fact]
    public void A_batch_whose_positions_are_taken_is_refused_whole()
    {
        using (IJournal journal = Open())
        {
            journal.Append(Batch(1, Rated(1, An, 1, 0, 5)));
            Assert.Throws<JournalException>(() => journal.Append(Batch(2, Rated(2, An, 2, 1, 5), Rated(1, Binh, 1, 0, 5))));
        }

        using IJournal again = Open();

        Assert.Equal(1, again.Position);
    }

    [Fact]
    public void A_second_writer_is_refused_with_the_reason()
    {
        using IJournal journal = Open();

        JournalException refused = Assert.Throws<JournalException>(() => Open());

        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
    }

    protected static RecordedEvent Rated(long position, TwinId twin, int version, long previous, int score)
    {
        DateTimeOffset at = Start.AddMinutes(position);
        return new RecordedEvent(position, twin, version, previous, at, new CommandId((UInt128)position), new OfficialEvent.OfficialRated(at, TwinId.Case(42), score));
    }

    protected static CommitBatch Batch(long number, params ImmutableArray<RecordedEvent> events)
    {
        CommitBatch batch = new() { Number = number };
        batch.Events.AddRange(events);
        return batch;
    }
}
