using CityTwin.Cluster.Commits;
using CityTwin.Cluster.Deadlines;
using CityTwin.Cluster.Forgetting;
using CityTwin.Cluster.Messages;
using CityTwin.Cluster.Store;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging;
using Orleans;

namespace CityTwin.Cluster.Nodes;

/// <summary>One node's share of a city: what its grains, its edge and its views work with. It starts and stops with its silo.</summary>
public sealed class ClusterNode : ICityHost, ITrailKeeper
{
    // Each office opens its desks and appoints its officials, hundreds of twins that are all read from the journal first.
    private const int FoundedTogether = 32;

    private static readonly TimeSpan FoundingPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);

    private readonly ClusterOptions _options;
    private readonly PostgresJournal _journal;
    private readonly Courier _courier;
    private readonly NodeMemory _memory;
    private readonly GroupCommitter _committer;
    private readonly JournalFollower _follower;
    private readonly DeadlineSweeper _deadlines;
    private readonly OutboxSweeper _outbox;
    private readonly ClusterRuntime _runtime;
    private readonly CityForgetting _forgetting;
    private readonly RuntimeStatistics _statistics = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;
    private Task _sweeping = Task.CompletedTask;
    private int _tag = Random.Shared.Next(SharedSession.Tags);
    private int _stopped;

    /// <summary>Opens the journal; <see cref="StartAsync"/> does the rest.</summary>
    /// <param name="options">How.</param>
    /// <param name="grains">The cluster's grains, as seen from this node.</param>
    /// <param name="views">What this node shows.</param>
    /// <param name="logger">Where trouble is told.</param>
    /// <exception cref="JournalException">The server does not answer, or the schema is of something else.</exception>
    public ClusterNode(ClusterOptions options, IGrainFactory grains, IReadOnlyList<IView> views, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _journal = PostgresJournal.OpenToRead(NodeAddress.Parse(options.Journal).ConnectionString, CityTwins.Types);
        _courier = new Courier(grains, new Trails(Guid.NewGuid()), () => Host!.Rules.Version, logger);
        TextHolders texts = new();
        _memory = new NodeMemory(_journal.Source, _journal.Ring, texts, f => _follower!.ForgetAsync(f));
        _committer = new GroupCommitter(new CommitterParts(
            () => OpenWriter(), _memory, _courier, Written, _statistics, options.QueueDepthMax, options.BatchEventsMax, logger));
        Host = new TwinHost(
            CityTwins.Types, options.City.Id, options.City.Rules, new TwinStore(_journal.Source, _journal.Ring), _committer, _courier, options.Grains, logger)
        {
            Texts = texts,
        };
        DrivenTime driven = new(_journal.Source);
        _deadlines = new DeadlineSweeper(new DeadlineTable(_journal.Source), grains, () => Host.Rules.Version, options.Clock, logger);
        _outbox = new OutboxSweeper(_journal.Source, grains, _courier, logger);
        _follower = new JournalFollower(new FollowerParts(_journal, Host, options.Clock, driven, views, options.PastViewEvery, ViewFailed));
        _runtime = new ClusterRuntime(options, Host, grains, _journal, _deadlines, driven);
        _forgetting = new CityForgetting(options.Journal, grains, () => Members(), options.RetryFor);
    }

    /// <summary>What the node's grains share.</summary>
    public TwinHost Host { get; }

    /// <inheritdoc/>
    public ICityRuntime Runtime => _runtime;

    /// <inheritdoc/>
    public int QueueDepth => _runtime.Depth;

    /// <inheritdoc/>
    public StandbyLag? StandbyLag => null;

    /// <inheritdoc/>
    public IJournal Journal => _journal;

    /// <summary>Different for every node that lives: it keeps the numbers of new cases apart. 0 to 127.</summary>
    public int Tag => _tag;

    /// <summary>The position that the node's views have taken in.</summary>
    public long ViewPosition => _follower.Position;

    /// <summary>The silos that are active now; set with the members.</summary>
    public Func<Orleans.Runtime.SiloAddress[]> Members { get; set; } = static () => [];

    /// <summary>Called when a view has thrown: the node must stop.</summary>
    public Action Broken { get; set; } = () => { };

    /// <inheritdoc/>
    public RuntimeStatistics Statistics
    {
        get
        {
            TwinCounters c = Host.Counters;
            (_statistics.Turns, _statistics.Messages, _statistics.RefusedMessages) = (c.Turns, c.Messages, c.RefusedMessages);
            (_statistics.Deadlines, _statistics.Repeats, _statistics.Faults) = (c.Deadlines, c.Repeats, c.Faults);
            (_statistics.Activations, _statistics.Passivations) = (c.Activations, c.Deactivations);
            _statistics.Resident = (int)Math.Max(0, c.Activations - c.Deactivations);
            return _statistics;
        }
    }

    /// <summary>Before the silo hosts grains: opens the session for writing, takes up the views.</summary>
    /// <exception cref="JournalException">A single process writes the journal, or the server does not answer.</exception>
    public void Start()
    {
        _committer.Start();
        _memory.Start();
        _follower.Start();
    }

    /// <summary>When the silo hosts grains: founds the city where it is new, sweeps, and takes commands.</summary>
    /// <param name="keeper">How other silos reach this one's <see cref="ITrailKeeper"/>.</param>
    public async Task OpenAsync(ITrailKeeper keeper)
    {
        Host.Trails.Keeper = keeper;
        _runtime.IsOpen = true;
        // Others may have forgotten somebody while this node was not among the members yet.
        await CatchUpAsync();
        await using (await FoundingLock.TakeAsync(_journal.Source))
        {
            await FoundAsync();
        }
        await Host.KnowRulesAsync((await _runtime.ReadAsync(_options.City.Id)).Version);
        _sweeping = Task.WhenAll(_deadlines.RunAsync(_stop.Token), _outbox.RunAsync(_stop.Token));
    }

    // Founding does the rest when it is repeated: a node on a busy machine comes up late, not never.
    private async Task FoundAsync()
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await Founding.EnsureAsync(_runtime, _options.City, FoundedTogether);
                return;
            }
            catch (RuntimeUnavailableException e) when (System.Diagnostics.Stopwatch.GetElapsedTime(began) < FoundingPatience)
            {
                NodeLog.FoundingDelayed(_logger, e.Message);
            }
        }
    }

    /// <summary>Before the silo's grains go: takes no more commands, answers those at hand, ends sweeping.</summary>
    public async Task CloseAsync()
    {
        _runtime.IsOpen = false;
        await _stop.CancelAsync();
        await _sweeping;
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (_runtime.Depth > 0 && System.Diagnostics.Stopwatch.GetElapsedTime(began) < DrainTimeout)
        {
            await Task.Delay(10);
        }
        await _courier.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask<TwinReading> ReadAsync(TwinId twin, long position) => _runtime.ReadAsync(twin, position);

    /// <inheritdoc/>
    public async Task<bool> ForgetAsync(TwinId subject)
    {
        if (subject.Kind is not (TwinKind.Citizen or TwinKind.Case))
        {
            throw new ArgumentException($"{subject} is neither a citizen nor a case", nameof(subject));
        }
        return _runtime.IsReady ? await _forgetting.ForgetAsync(subject) : throw new RuntimeUnavailableException();
    }

    /// <summary>Has this node forget whom others have forgotten; returns when nothing is left in its memory.</summary>
    /// <exception cref="TwinMovedException">It cannot just now: ask again.</exception>
    public Task CatchUpAsync() => _committer.ForgetAsync();

    /// <inheritdoc/>
    Task ITrailKeeper.Return(long ticket, long credit)
    {
        Host.Trails.Return(ticket, credit);
        return Task.CompletedTask;
    }

    /// <summary>Does nothing more, as if the process were killed. For tests.</summary>
    internal void Abandon()
    {
        _runtime.IsOpen = false;
        _stop.Cancel();
        _committer.Abandon();
        _courier.Abandon();
    }

    /// <summary>After the silo's grains have gone: writes what waits, and closes the journal.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            _runtime.IsOpen = false;
            _committer.Dispose();
            _follower.Dispose();
            _journal.Dispose();
            _stop.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private SharedWriter OpenWriter()
    {
        SharedSession session = SharedSession.Open(PostgresAddress.Parse(_options.Journal), _tag);
        _tag = session.Tag;
        return new SharedWriter(session, _journal.Ring, () => _memory.Known);
    }

    private void Written(GroupWrite write)
    {
        if (write.Commit.Events.Count > 0)
        {
            _journal.Refresh(write.Position, write.At);
            _follower.Post(write);
        }
        foreach (TurnEntry entry in write.Entries.Where(e => e.Twin.Id == Host.City && e.Events.Length > 0))
        {
            Host.SetCity(entry.State, entry.Version);
        }
    }

    private void ViewFailed(Exception reason)
    {
        NodeLog.ViewFailed(_logger, reason);
        _runtime.IsOpen = false;
        Broken();
    }
}
