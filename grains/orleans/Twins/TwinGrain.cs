using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>A thin host of a decider: state in memory, turns one at a time, answers after the commit.</summary>
/// <remarks>
/// Reentrant, and yet a turn is never interrupted: it is decided, applied and posted to the committer without waiting for anything.
/// While its commit is under way the next turns build on it; if the commit fails, all of them fail, and the activation is given up.
/// </remarks>
[Reentrant]
public abstract partial class TwinGrain : Grain, ITwinGrain
{
    private readonly TwinHost _host;
    private readonly IPersistentState<KeptTwin>? _kept;
    private TwinHead _head = null!;
    private TwinState _state = null!;
    private Task? _loading;
    private bool _isLoaded;
    private int _version;
    private long _dueTicks;
    private DateTimeOffset _lastAt;
    private RecentCommands? _recent;
    private Exception? _fault;
    private int _generation;
    private bool _isLost;

    /// <summary>A twin of a silo.</summary>
    /// <param name="host">What all twins of the silo share.</param>
    /// <param name="kept">Its snapshot; null for a kind without snapshots.</param>
    protected TwinGrain(TwinHost host, IPersistentState<KeptTwin>? kept)
    {
        _host = host;
        _kept = kept;
    }

    /// <summary>Whether a new twin's first turn may be tried without asking the journal, whose version check then answers.</summary>
    protected virtual bool IsNewBy(TwinCommand command) => false;

    /// <summary>Whether the twin's state holds what a citizen wrote.</summary>
    protected virtual bool HoldsTexts => false;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        TwinId id = TwinId.FromValue(this.GetPrimaryKeyLong());
        _head = new TwinHead(id, _host.Types[id.Kind]);
        _state = _head.Type.Initial;
        _generation = _host.Generation;
        _host.Counters.Activated();
        if (HoldsTexts)
        {
            _host.Texts.Add(_head, GrainContext);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _host.Counters.Deactivated();
        _host.Texts.Remove(_head);
        await KeepAsync(atLeast: Math.Max(16, _host.Options.SnapshotEvery / 4));
    }

    /// <inheritdoc/>
    public async Task<TwinAnswer> Execute(TwinRequest request)
    {
        await PrepareAsync(request.RulesVersion, isNew: !request.IsAgain && !_isLoaded && _loading is null && IsNewBy(request.Command));
        CommandId id = new(request.Id);
        if (await FindRepeatAsync(id) is { } repeat)
        {
            return repeat;
        }
        TurnOutcome turn = TryTurn(request.Command, id, request.At, _host.Trails.Begin);
        if (turn.Entry is null && !_isLoaded)
        {
            // Nothing happened to a twin that was taken for new: only the journal can say whether it is.
            await PrepareAsync(request.RulesVersion, isNew: false);
            turn = TryTurn(request.Command, id, request.At, _host.Trails.Begin);
        }
        if (turn.Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable or ReplyStatus.Faulted)
        {
            return TwinAnswer.Of(turn.Status);
        }
        return turn.Entry is { } entry ? await FinishAsync(entry, id, turn.Trail) : await UnchangedAsync(id, turn.Refusal);
    }

    /// <inheritdoc/>
    public async Task<TwinAnswer> Read()
    {
        await PrepareAsync(0, isNew: false);
        if (_fault is not null)
        {
            return TwinAnswer.Of(ReplyStatus.Faulted);
        }
        DurableTwin durable = _head.Durable;
        return new TwinAnswer { Status = ReplyStatus.Unchanged, State = durable.State, Version = durable.Version, Position = durable.Position };
    }

    /// <inheritdoc/>
    public async Task Wake()
    {
        bool wasLoaded = _isLoaded;
        await PrepareAsync(0, isNew: false);
        if (wasLoaded)
        {
            _host.Courier.SendAgain(_head.Id, (await _host.Store.LoadAsync(_head.Id, int.MaxValue)).Undelivered);
        }
    }

    private async Task PrepareAsync(int rulesVersion, bool isNew)
    {
        if (_host.Rules.Version < rulesVersion)
        {
            await _host.KnowRulesAsync(rulesVersion);
        }
        if (!_isLoaded && !isNew)
        {
            if (_version > 0)
            {
                // Its first turns were tried before anything was read, and they stand or fall with their commit.
                _isLoaded = true;
            }
            else
            {
                // One that failed is begun anew; it may have failed at once, before there was a task to forget.
                await (_loading is { IsCompleted: false } under ? under : _loading = LoadAsync());
            }
        }
        ThrowIfLost();
        if (_generation != _host.Generation)
        {
            _generation = _host.Generation;
            MoveIfOutOfPlace();
        }
    }

    private void ThrowIfLost()
    {
        if (_head.IsLost && !_isLost)
        {
            _isLost = true;
            _host.Counters.WasMoved();
            DeactivateOnIdle();
        }
        if (_isLost)
        {
            throw new TwinMovedException($"{_head.Id}: this activation was given up");
        }
    }

    private void MoveIfOutOfPlace()
    {
        long office = Office.Of(_state);
        if (!_host.IsInPlace(_head.Id, office))
        {
            Office.Hint(office);
            MigrateOnIdle();
        }
    }
}
