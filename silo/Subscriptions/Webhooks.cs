using CityTwin.Grains;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Subscriptions;

/// <summary>All webhooks of a city: kept in a file, delivered while the city runs. Safe to use from any thread.</summary>
public sealed class Webhooks : IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, WebhookWorker> _workers = new(StringComparer.Ordinal);
    private readonly WebhookParts _parts;
    private bool _isDisposed;

    /// <summary>Over a city and its view; opens the file.</summary>
    /// <exception cref="IOException">The file is something else, or cannot be written.</exception>
    public Webhooks(ICityHost host, TwinId city, ChangeSource source, SubscriptionOptions options, ILogger logger, Func<SensorFollower?>? readings = null, TimeProvider? time = null)
    {
        HttpClient http = TargetGuard.Client(options.AllowsPrivateTargets, options.AnswerTimeMax);
        _parts = new WebhookParts(host, city, source, new SubscriptionStore(options.Path), http, options, time ?? TimeProvider.System, logger, readings ?? (static () => null));
    }

    /// <summary>Limits.</summary>
    public SubscriptionOptions Options => _parts.Options;

    /// <summary>Takes up all subscriptions.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        foreach ((Subscription subscription, long cursor, long delivered) in _parts.Store.All())
        {
            Begin(subscription, cursor, delivered);
        }
        _one.Release();
    }

    /// <summary>Stops delivering; what is on its way is sent again at the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(CancellationToken.None);
        await Task.WhenAll(_workers.Values.Select(w => w.DisposeAsync().AsTask()));
        _workers.Clear();
        _one.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        await StopAsync(CancellationToken.None);
        _parts.Http.Dispose();
        _parts.Store.Dispose();
        _parts.Source.Dispose();
        _one.Dispose();
    }

    /// <summary>All subscriptions and how far they have got, in the order of making.</summary>
    public IReadOnlyList<(Subscription Subscription, SubscriptionProgress Progress)> All() =>
        [.. _parts.Store.All().Select(s => Describe(s.Subscription, s.Cursor, s.Delivered))];

    /// <summary>One of them; null when there is none.</summary>
    public (Subscription Subscription, SubscriptionProgress Progress)? Find(string id)
    {
        foreach ((Subscription subscription, SubscriptionProgress progress) in All())
        {
            if (subscription.Id == id)
            {
                return (subscription, progress);
            }
        }
        return null;
    }

    /// <summary>Makes a subscription.</summary>
    /// <param name="subscription">What, and where to.</param>
    /// <param name="from">Changes after this journal position are sent; null: from now on.</param>
    /// <returns>False when there are as many as allowed.</returns>
    /// <exception cref="QueryFormatException">Its condition cannot be subscribed to.</exception>
    public Task<bool> AddAsync(Subscription subscription, long? from) => AloneAsync(() =>
    {
        CityQuery query = CityQuery.ReadForChanges(subscription.Query, _parts.Host.Runtime.Rules.Calendar);
        ChangeConditions.Check(query);
        if (_parts.Store.All().Count >= _parts.Options.SubscriptionsMax)
        {
            return Task.FromResult(false);
        }
        long cursor = from ?? _parts.Host.Runtime.Position;
        _parts.Store.Add(subscription, cursor);
        if (query.ReadsReadings)
        {
            // From now on: what fulfils the condition already counts as told.
            var circumstances = new QueryCircumstances(_parts.Host.Runtime.Clock.Now, _parts.Host.Runtime.Rules, _parts.Readings());
            Dictionary<TwinId, SeenSensor> now = new ReadingFollowing(_parts.Source.View, query).Now(circumstances, CancellationToken.None);
            _parts.Store.Tell(subscription.Id, from is null ? now.Select(n => KeyValuePair.Create<TwinId, long?>(n.Key, n.Value.Print)) : []);
        }
        Begin(subscription, cursor, 0);
        return Task.FromResult(true);
    });

    /// <summary>Takes a subscription away, with its dead letters. False when there is none.</summary>
    public Task<bool> RemoveAsync(string id) => AloneAsync(async () =>
    {
        bool known = Find(id) is not null;
        await EndAsync(id);
        _parts.Store.Remove(id);
        return known;
    });

    /// <summary>Pauses or resumes. False when there is no such subscription.</summary>
    public Task<bool> PauseAsync(string id, bool paused) => ChangeAsync(id, null, s => s with { Paused = paused });

    /// <summary>Puts another form of a subscription in its place; it goes on where it was. False when there is none.</summary>
    /// <exception cref="QueryFormatException">Its condition cannot be subscribed to.</exception>
    public Task<bool> ReplaceAsync(Subscription subscription)
    {
        ChangeConditions.Check(CityQuery.ReadForChanges(subscription.Query, _parts.Host.Runtime.Rules.Calendar));
        return ChangeAsync(subscription.Id, null, _ => subscription);
    }

    /// <summary>Goes back, or on, to a journal position: all changes after it are sent, again or for the first time. False when there is no such subscription.</summary>
    /// <remarks>Of a subscription to readings, which are no events: all that fulfils its condition now is told anew.</remarks>
    public Task<bool> ReplayAsync(string id, long from) => ChangeAsync(id, from, s =>
    {
        _parts.Store.Untell(id);
        return s;
    });

    /// <summary>A citizen, or a case that nobody was named for, was forgotten: dead letters about them go, for good.</summary>
    /// <returns>How many went.</returns>
    public int Forget(TwinId subject) => _parts.Store.Forget(subject);

    /// <summary>Asks a target whether it wants events from here (CloudEvents, HTTP 1.1 Web Hooks for Event Delivery, 4).</summary>
    public Task<WebhookGrant> AskAsync(Uri target, string origin, int ratePerSecond, CancellationToken cancellation) =>
        WebhookGrant.AskAsync(_parts.Http, target, origin, ratePerSecond, cancellation);

    /// <summary>The dead letters of a subscription after a number.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(string id, long after, int limit) => _parts.Store.DeadLetters(id, after, limit);

    /// <summary>Takes a dead letter away.</summary>
    public void RemoveDeadLetter(string id, long number) => _parts.Store.RemoveDeadLetter(id, number);

    /// <summary>Sends a dead letter once more, and takes it away when it is taken.</summary>
    /// <returns>Why it was not taken; null when it was.</returns>
    public async Task<string?> ResendAsync(Subscription subscription, DeadLetter letter, CancellationToken cancellation)
    {
        WebhookAttempt attempt = await WebhookAttempt.MakeAsync(_parts.Http, CloudEvent.Read(letter.Event), subscription, _parts.Time.GetUtcNow(), cancellation);
        if (attempt.Delivered)
        {
            _parts.Store.RemoveDeadLetter(subscription.Id, letter.Number);
        }
        return attempt.Error;
    }

    private Task<bool> ChangeAsync(string id, long? from, Func<Subscription, Subscription> change) => AloneAsync(async () =>
    {
        await EndAsync(id);
        foreach ((Subscription subscription, long cursor, long delivered) in _parts.Store.All())
        {
            if (subscription.Id == id)
            {
                Subscription changed = change(subscription);
                _parts.Store.Change(changed);
                _parts.Store.Progress(id, from ?? cursor, delivered);
                Begin(changed, from ?? cursor, delivered);
                return true;
            }
        }
        return false;
    });

    private (Subscription, SubscriptionProgress) Describe(Subscription subscription, long cursor, long delivered)
    {
        lock (_workers)
        {
            return _workers.TryGetValue(subscription.Id, out WebhookWorker? worker)
                ? (subscription with { Paused = worker.IsGone }, worker.Progress)
                : (subscription, new SubscriptionProgress(cursor, delivered, _parts.Store.DeadLetterCount(subscription.Id), 0, null));
        }
    }

    private void Begin(Subscription subscription, long cursor, long delivered)
    {
        if (!subscription.Paused)
        {
            var worker = new WebhookWorker(subscription, cursor, delivered, _parts);
            lock (_workers)
            {
                _workers.Add(subscription.Id, worker);
            }
            worker.Start();
        }
    }

    private async Task EndAsync(string id)
    {
        WebhookWorker? worker;
        lock (_workers)
        {
            _workers.Remove(id, out worker);
        }
        if (worker is not null)
        {
            await worker.DisposeAsync();
        }
    }

    private async Task<T> AloneAsync<T>(Func<Task<T>> work)
    {
        await _one.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _one.Release();
        }
    }
}
