using CityTwin.Cluster.Commits;
using CityTwin.Cluster.Forgetting;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;
using Npgsql;

namespace CityTwin.Cluster.Nodes;

/// <summary>Feeds a node's views, its rules and its driven clock from the journal, in order, whoever wrote it.</summary>
/// <remarks>
/// What this node commits comes from memory where it follows what the views have; everything else is read from the database, at once
/// when something was committed here and else twenty times a second.
/// </remarks>
internal sealed class JournalFollower : IDisposable
{
    private const int ChunkEvents = 4_096;
    private const int WritesKept = 64;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly FollowerParts _parts;
    private readonly ViewFeed _feed;
    private readonly object _gate = new();
    private readonly Queue<GroupWrite> _committed = new();
    private readonly Queue<(Forgotten Forgotten, TaskCompletionSource Done)> _forgetting = new();
    private readonly Thread _thread;
    private long _position;
    private bool _stopping;

    /// <summary>A follower of a journal.</summary>
    public JournalFollower(FollowerParts parts)
    {
        _parts = parts;
        _feed = new ViewFeed([.. parts.Views.Select(v => new FedView(v))], parts.PastViewEvery, Keep, () => { }, parts.ViewFailed);
        _thread = new Thread(Run) { IsBackground = true, Name = "city follower" };
    }

    /// <summary>The position that all views have taken in.</summary>
    public long Position => _feed.Position;

    /// <summary>Takes up the views where the journal ends, then follows it.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public void Start()
    {
        PostgresJournal journal = _parts.Journal;
        _feed.Load(LatestForms(journal), journal);
        _position = _feed.Position;
        Read(journal.Refresh());
        _parts.Clock.MoveTo(journal.LastAt);
        FollowDrivenTime();
        _feed.Start();
        _thread.Start();
    }

    /// <summary>Hands over what was committed here; when too much waits it is read from the database instead.</summary>
    public void Post(GroupWrite write)
    {
        lock (_gate)
        {
            if (_committed.Count < WritesKept && write.Commit.Events.Count > 0)
            {
                _committed.Enqueue(write);
            }
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Has the views forget somebody, once they have taken in all texts that there are of them.</summary>
    public Task ForgetAsync(Forgotten forgotten)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _forgetting.Enqueue((forgotten, done));
            Monitor.Pulse(_gate);
        }
        return done.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
        if (_thread.IsAlive)
        {
            _thread.Join();
            _feed.Drain();
        }
        _feed.Dispose();
    }

    private void Run()
    {
        while (Next(out GroupWrite? write))
        {
            try
            {
                Follow(write);
                Forget();
            }
            catch (Exception e) when (e is JournalException or NpgsqlException or TimeoutException or ObjectDisposedException)
            {
                NodeLog.FollowFailed(_parts.Host.Logger, e.Message);
            }
        }
    }

    private bool Next(out GroupWrite? write)
    {
        lock (_gate)
        {
            if (_committed.Count == 0 && !_stopping)
            {
                Monitor.Wait(_gate, LookEvery);
            }
            _committed.TryDequeue(out write);
            return !_stopping;
        }
    }

    private void Follow(GroupWrite? write)
    {
        if (write is null)
        {
            Read(_parts.Journal.Refresh());
            FollowDrivenTime();
            return;
        }
        List<RecordedEvent> events = write.Commit.Events;
        if (events[^1].Position > _position)
        {
            if (events[0].Position > _position + 1)
            {
                Read(events[0].Position - 1);
            }
            Feed(events);
        }
        _parts.Journal.Refresh(events[^1].Position, events[^1].At);
    }

    private void Forget()
    {
        while (true)
        {
            TaskCompletionSource done;
            TwinId subject;
            lock (_gate)
            {
                if (!_forgetting.TryPeek(out var next) || next.Forgotten.Position > _position)
                {
                    return;
                }
                (subject, done) = (next.Forgotten.Subject, next.Done);
                _forgetting.Dequeue();
            }
            // By the thread that feeds the views, after everything that was handed over before.
            _feed.Post(new SealedBatch(new CommitBatch { Number = 0 })
            {
                Afterwards = () =>
                {
                    foreach (IView view in _parts.Views)
                    {
                        view.Forget(subject);
                    }
                    done.SetResult();
                },
            });
        }
    }

    private void Read(long upTo)
    {
        if (upTo <= _position)
        {
            return;
        }
        foreach (RecordedEvent[] chunk in _parts.Journal.ReadForward(_position, upTo).Chunk(ChunkEvents))
        {
            Feed(chunk);
        }
    }

    private void Feed(IReadOnlyList<RecordedEvent> events)
    {
        SealedBatch batch = new(new CommitBatch { Number = 0 });
        foreach (RecordedEvent recorded in events)
        {
            if (recorded.Position <= _position)
            {
                continue;
            }
            if (recorded.Position != _position + 1)
            {
                throw new JournalException($"position {recorded.Position} follows {_position}");
            }
            batch.Commit.Events.Add(recorded);
            _position = recorded.Position;
            if (recorded.Twin == _parts.Host.City)
            {
                _parts.Host.KnowRulesAsync(recorded.Version).GetAwaiter().GetResult();
            }
        }
        if (batch.Commit.Events.Count > 0)
        {
            _feed.Post(batch);
            _parts.Clock.MoveTo(batch.Commit.Events[^1].At);
        }
    }

    private void FollowDrivenTime()
    {
        if (_parts.Clock.Mode == ClockMode.Driven && _parts.Driven.Read() is { } moment)
        {
            _parts.Clock.MoveTo(moment);
        }
    }

    // The forms kept for reading the past serve as where a node begins: with them at most so many events are read one by one.
    private Checkpoint? LatestForms(PostgresJournal journal)
    {
        long end = journal.Refresh();
        Dictionary<string, byte[]> forms = [];
        long position = 0;
        foreach (IView view in _parts.Views)
        {
            if (journal.ReadPastView(view.Name, end) is not { } kept || (forms.Count > 0 && kept.Position != position))
            {
                return null;
            }
            position = kept.Position;
            forms.Add(view.Name, PastViews.Unpack(kept.Saved));
        }
        return forms.Count == 0 ? null : new Checkpoint(position, default, [], forms);
    }

    private void Keep(PastView form)
    {
        try
        {
            using NpgsqlCommand command = _parts.Journal.Source.CreateCommand("INSERT INTO past_views VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = form.Name });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = form.Position });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = form.Saved });
            command.ExecuteNonQuery();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // The next form will do; until then reading the past takes longer.
            NodeLog.FollowFailed(_parts.Host.Logger, e.Message);
        }
    }
}

/// <summary>What a follower works with.</summary>
/// <param name="Journal">The journal, for reading.</param>
/// <param name="Host">Whose rules follow the city twin.</param>
/// <param name="Clock">Moved on by events and by driven time.</param>
/// <param name="Driven">The driven time.</param>
/// <param name="Views">The views to feed.</param>
/// <param name="PastViewEvery">Events between two forms of each view that are kept.</param>
/// <param name="ViewFailed">Called when a view throws.</param>
internal sealed record FollowerParts(
    PostgresJournal Journal, TwinHost Host, CityClock Clock, DrivenTime Driven, IReadOnlyList<IView> Views, long PastViewEvery, Action<Exception> ViewFailed);
