using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Silo.Queries;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Delivers the events of one subscription, one after the other: in the order of the journal, so also in order for each twin.</summary>
/// <remarks>The cursor moves past an event only when it was taken or set aside, and is written a little later: at least once, never less.</remarks>
internal sealed class WebhookWorker(Subscription subscription, long cursor, long delivered, WebhookParts parts) : IAsyncDisposable
{
    private const int UnsavedMax = 32;

    private static readonly TimeSpan SaveEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReadingsPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WriterPoll = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private long _cursor = cursor;
    private long _delivered = delivered;
    private int _attempts;
    private string? _lastError;
    private DateTimeOffset? _lastSentAt;
    private readonly Dictionary<TwinId, long?> _untold = [];
    private int _unsaved;
    private long _savedAt = Stopwatch.GetTimestamp();
    private long _nextSendAt;

    /// <summary>The subscription.</summary>
    public Subscription Subscription => subscription;

    /// <summary>How far it has got.</summary>
    public SubscriptionProgress Progress => new(
        Volatile.Read(ref _cursor), Volatile.Read(ref _delivered), parts.Store.DeadLetterCount(subscription.Id), Volatile.Read(ref _attempts), Volatile.Read(ref _lastError), _lastSentAt);

    /// <summary>Set when the target wants no more events.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Set when its time is over: nothing is sent any more.</summary>
    public bool HasExpired { get; private set; }

    /// <summary>Begins to deliver.</summary>
    public void Start() => _run = Task.Run(RunAsync);

    /// <summary>Stops; an event on its way is sent again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested && !IsGone && !HasExpired)
        {
            try
            {
                await DeliverAllAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Told to stop.
            }
            catch (Exception e) when (e is SqliteException or QueryFormatException or QueryTooCostlyException or QueryPositionLostException or RuntimeUnavailableException)
            {
                // The file of cursors, or a condition that this version reads otherwise: told, and tried again.
                Volatile.Write(ref _lastError, e.Message);
                SubscriptionLog.Interrupted(parts.Logger, subscription.Id, e.Message);
                await Task.Delay(parts.Options.PauseMin, parts.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        TrySave();
    }

    private async Task DeliverAllAsync(CancellationToken cancellation)
    {
        // Who stands by leaves the delivery to the process that writes.
        while (parts.Host.StandbyLag is not null)
        {
            await Task.Delay(WriterPoll, parts.Time, cancellation);
        }
        CityQuery query = CityQuery.ReadForChanges(subscription.Query, parts.Host.Runtime.Rules.Calendar);
        query = query with { Watched = [.. subscription.Watched.Select(query.Schema.Find).OfType<QueryAttribute>()] };
        if (query.ReadsReadings)
        {
            await DeliverReadingsAsync(query, cancellation);
            return;
        }
        await foreach (ChangeBatch batch in parts.Source.ReadAsync(query, _cursor, cancellation))
        {
            foreach (QueryChange change in batch.Changes)
            {
                if (subscription.Changes.Contains(change.Kind) && !await DeliverAsync(CloudEvent.Of(subscription.Id, parts.City, query, change), cancellation))
                {
                    return;
                }
                MoveTo(change.Position);
            }
            MoveTo(batch.Position);
        }
    }

    // Readings are no events: what they changed is found by asking again, whenever there are new ones.
    private async Task DeliverReadingsAsync(CityQuery query, CancellationToken cancellation)
    {
        var following = new ReadingFollowing(parts.Source.View, query);
        Dictionary<TwinId, long> told = parts.Store.Told(subscription.Id);
        for (long seen = -1; ; await Task.Delay(ReadingsPoll, parts.Time, cancellation))
        {
            if (parts.Readings() is not { IsReady: true } readings || readings.Version == seen)
            {
                continue;
            }
            seen = readings.Version;
            foreach ((QueryChange change, long print) in following.Changes(told, new QueryCircumstances(parts.Host.Runtime.Clock.Now, parts.Host.Runtime.Rules, readings), cancellation))
            {
                if (subscription.Changes.Contains(change.Kind) && !await DeliverAsync(CloudEvent.Of(subscription.Id, parts.City, query, change, print), cancellation))
                {
                    return;
                }
                Remember(told, change.Twin, change.Kind == ChangeKind.Left ? null : print);
                MoveTo(change.Position);
            }
        }
    }

    private void Remember(Dictionary<TwinId, long> told, TwinId twin, long? print)
    {
        _untold[twin] = print;
        if (print is { } values)
        {
            told[twin] = values;
        }
        else
        {
            told.Remove(twin);
        }
        if (++_unsaved >= UnsavedMax || Stopwatch.GetElapsedTime(_savedAt) >= SaveEvery)
        {
            Save();
        }
    }

    // False when the target is gone, or the subscription's time is over.
    private async Task<bool> DeliverAsync(CloudEvent e, CancellationToken cancellation)
    {
        for (_attempts = 0; ;)
        {
            await PaceAsync(cancellation);
            if (subscription.ExpiresAt is { } end && end <= parts.Time.GetUtcNow())
            {
                HasExpired = true;
                return false;
            }
            WebhookAttempt attempt = await WebhookAttempt.MakeAsync(parts.Http, e, subscription, parts.Time.GetUtcNow(), cancellation);
            Volatile.Write(ref _lastError, attempt.Error);
            if (attempt.Delivered)
            {
                _attempts = 0;
                Volatile.Write(ref _delivered, _delivered + 1);
                _lastSentAt = parts.Time.GetUtcNow();
                return true;
            }
            if (attempt.Gone)
            {
                IsGone = true;
                SubscriptionLog.Gone(parts.Logger, subscription.Id);
                return false;
            }
            _attempts++;
            if (attempt.Final || _attempts >= parts.Options.AttemptsMax)
            {
                SetAside(e, attempt.Error!);
                return true;
            }
            await Task.Delay(Pause(attempt.RetryAfter), parts.Time, cancellation);
        }
    }

    private void SetAside(CloudEvent e, string reason)
    {
        var letter = new DeadLetter(0, e.Position, e.Subject, parts.Time.GetUtcNow(), _attempts, reason, e.Structured());
        parts.Store.SetAside(subscription.Id, letter, _delivered, parts.Options.DeadLettersMax);
        SubscriptionLog.SetAside(parts.Logger, subscription.Id, e.Id, _attempts, reason);
        _attempts = 0;
    }

    // Doubling pauses, each drawn from its upper half, so that receivers that failed together are not met together again.
    private TimeSpan Pause(TimeSpan? asked)
    {
        TimeSpan pause = parts.Options.PauseMin * Math.Pow(2, Math.Min(30, _attempts - 1));
        TimeSpan bounded = pause < parts.Options.PauseMax ? pause : parts.Options.PauseMax;
        TimeSpan drawn = bounded * (0.5 + (Random.Shared.NextDouble() / 2));
        TimeSpan wanted = asked is { } a && a > drawn ? a : drawn;
        return wanted < parts.Options.PauseMax ? wanted : parts.Options.PauseMax;
    }

    private async Task PaceAsync(CancellationToken cancellation)
    {
        long now = parts.Time.GetTimestamp();
        if (_nextSendAt > now)
        {
            await Task.Delay(parts.Time.GetElapsedTime(now, _nextSendAt), parts.Time, cancellation);
        }
        _nextSendAt = Math.Max(now, _nextSendAt) + (parts.Time.TimestampFrequency / subscription.RateMax);
    }

    private void MoveTo(long position)
    {
        if (position == _cursor)
        {
            return;
        }
        Volatile.Write(ref _cursor, position);
        if (++_unsaved >= UnsavedMax || Stopwatch.GetElapsedTime(_savedAt) >= SaveEvery)
        {
            Save();
        }
    }

    private void Save()
    {
        if (_untold.Count > 0)
        {
            parts.Store.Tell(subscription.Id, _untold);
            _untold.Clear();
        }
        parts.Store.Progress(subscription.Id, _cursor, _delivered);
        _unsaved = 0;
        _savedAt = Stopwatch.GetTimestamp();
    }

    private void TrySave()
    {
        try
        {
            Save();
        }
        catch (SqliteException e)
        {
            SubscriptionLog.Interrupted(parts.Logger, subscription.Id, e.Message);
        }
    }
}
