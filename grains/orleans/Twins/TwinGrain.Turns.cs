using CityTwin.Silo;
using CityTwin.Silo.Turns;
using Orleans;

namespace CityTwin.Grains.Orleans;

// Turns.
public abstract partial class TwinGrain
{
    private readonly List<TwinEvent> _happened = [];
    private readonly Outbox _outbox = new();
    private readonly Dictionary<UInt128, TurnEntry> _underWay = [];
    private TurnEntry? _lastEntry;

    /// <summary>What a turn came to.</summary>
    private readonly record struct TurnOutcome(ReplyStatus Status, Refusal Refusal, TurnEntry? Entry, Trail? Trail);

    private TurnOutcome TryTurn(
        TwinCommand command, CommandId id, DateTimeOffset at, Func<Trail>? begin = null, Letter? taken = null, bool isDeadline = false)
    {
        if (_fault is not null)
        {
            return new(ReplyStatus.Faulted, Refusal.None, null, null);
        }
        if (!_host.Committer.IsOpen)
        {
            return new(ReplyStatus.Unavailable, Refusal.None, null, null);
        }
        DateTimeOffset now = at > _lastAt ? at : _lastAt;
        if (!TryDecide(command, now, out Refusal refusal, out TwinState state))
        {
            return new(ReplyStatus.Faulted, Refusal.None, null, null);
        }
        ReplyStatus status = refusal != Refusal.None ? ReplyStatus.Refused : _happened.Count == 0 ? ReplyStatus.Unchanged : ReplyStatus.Accepted;
        if (_happened.Count == 0 && taken is null && !isDeadline)
        {
            return new(status, refusal, null, null);
        }
        Message[] sent = _happened.Count == 0 ? [] : [.. _outbox.Messages];
        Trail? trail = sent.Length > 0 && begin is not null ? begin() : null;
        TurnEntry entry = MakeEntry(state, now, id, sent, trail?.Tag ?? taken?.Trail ?? default, taken?.Sequence ?? 0, isDeadline);
        if (!_host.Committer.TryPost(entry))
        {
            return new(ReplyStatus.Overloaded, Refusal.None, null, null);
        }
        Advance(entry, now);
        return new(status, refusal, entry, trail);
    }

    private bool TryDecide(TwinCommand command, DateTimeOffset now, out Refusal refusal, out TwinState state)
    {
        _happened.Clear();
        _outbox.Clear();
        state = _state;
        try
        {
            refusal = _head.Type.Decide(state, command, new Turn(now, _host.Rules.Rules), _happened);
            foreach (TwinEvent e in _happened)
            {
                state = _head.Type.Evolve(state, e);
                _head.Type.React(_head.Id, state, e, _outbox);
            }
        }
#pragma warning disable CA1031 // Whatever the rules throw stops this one twin; it is kept, shown and reported, never continued on a guess.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Stop(e);
            refusal = Refusal.None;
            return false;
        }
        _host.Counters.Turned();
        return true;
    }

    private TurnEntry MakeEntry(TwinState state, DateTimeOffset now, CommandId id, Message[] sent, TrailTag share, long taken, bool isDeadline)
    {
        DateTimeOffset? due = _head.Type.NextDeadline(state);
        int version = _version + _happened.Count;
        int apart = Math.Max(_host.Options.PastSnapshotEvery, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)state.EntryCount));
        return new TurnEntry(_head)
        {
            Events = _happened.Count == 0 ? [] : [.. _happened],
            Version = version,
            State = state,
            At = now,
            Command = id,
            Sent = sent,
            Trails = Trails.Divide(share, sent.Length),
            Ended = sent.Length == 0 ? share : default,
            Taken = taken,
            // A deadline that has come up is always kept anew: its row is either used up or was of another time.
            Due = isDeadline || (due?.UtcTicks ?? 0) != _dueTicks ? due ?? DateTimeOffset.MinValue : null,
            KeepPast = _version / apart != version / apart,
        };
    }

    private void Advance(TurnEntry entry, DateTimeOffset now)
    {
        _state = entry.State;
        _version = entry.Version;
        _lastAt = now;
        _lastEntry = entry;
        _dueTicks = _head.Type.NextDeadline(entry.State)?.UtcTicks ?? 0;
    }

    private async Task<TwinAnswer> FinishAsync(TurnEntry entry, CommandId id, Trail? trail)
    {
        _underWay.Add(id.Value, entry);
        try
        {
            await entry.Durable;
            _recent ??= new RecentCommands();
            _recent.Add(new RememberedCommand(id, entry.FirstPosition, entry.Version, (ushort)entry.Events.Length, Refusal.None));
            if (trail is not null)
            {
                await trail.Ended.WaitAsync(_host.Options.SettleTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
        finally
        {
            _underWay.Remove(id.Value);
            if (trail is not null)
            {
                _host.Trails.End(trail);
            }
        }
        KeepInTime();
        return new TwinAnswer
        {
            Status = ReplyStatus.Accepted,
            Events = entry.Events,
            Version = entry.Version,
            Position = entry.FirstPosition + entry.Events.Length - 1,
            State = _head.Durable.State,
        };
    }

    private async Task<TwinAnswer> UnchangedAsync(CommandId id, Refusal refusal)
    {
        // The answer follows from turns that may not be durable yet: it waits for them.
        int version = _version;
        await SettledAsync();
        _recent ??= new RecentCommands();
        if (!_recent.TryFind(id, out _))
        {
            _recent.Add(new RememberedCommand(id, 0, version, 0, refusal));
        }
        bool isRefused = refusal != Refusal.None;
        return new TwinAnswer
        {
            Status = isRefused ? ReplyStatus.Refused : ReplyStatus.Unchanged,
            Refusal = refusal,
            Version = version,
            State = isRefused ? null : _head.Durable.State,
        };
    }

    private async Task SettledAsync()
    {
        while (_lastEntry is { Durable.IsCompletedSuccessfully: false } last)
        {
            await last.Durable;
        }
        ThrowIfLost();
    }

    private async Task<TwinAnswer?> FindRepeatAsync(CommandId id)
    {
        if (_underWay.TryGetValue(id.Value, out TurnEntry? first))
        {
            await first.Durable;
            _host.Counters.Repeated();
            return new TwinAnswer
            {
                Status = ReplyStatus.Accepted,
                Events = first.Events,
                Version = first.Version,
                Position = first.FirstPosition + first.Events.Length - 1,
                State = _head.Durable.State,
                Repeated = true,
            };
        }
        if (_recent is not { } recent || !recent.TryFind(id, out RememberedCommand known))
        {
            return null;
        }
        _host.Counters.Repeated();
        bool isRefused = known.Refusal != Refusal.None;
        return new TwinAnswer
        {
            Status = isRefused ? ReplyStatus.Refused : known.Count == 0 ? ReplyStatus.Unchanged : ReplyStatus.Accepted,
            Refusal = known.Refusal,
            Version = known.Version,
            Position = known.Count == 0 ? 0 : known.Position + known.Count - 1,
            Events = known.Count == 0 ? [] : await _host.Store.ReadTurnAsync(_head.Id, known.Version - known.Count + 1, known.Count),
            State = isRefused ? null : _head.Durable.State,
            Repeated = true,
        };
    }

    private void Stop(Exception reason)
    {
        _fault = reason;
        _host.Counters.Faulted();
        TwinLog.TwinStopped(_host.Logger, reason, _head.Id);
    }
}
