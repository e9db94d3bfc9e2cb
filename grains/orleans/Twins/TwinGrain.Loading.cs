using System.Text.Json;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

// Reading the twin, and keeping snapshots of it.
public abstract partial class TwinGrain
{
    private Task _keeping = Task.CompletedTask;

    private async Task LoadAsync()
    {
        try
        {
            int seen;
            do
            {
                // What was read while a citizen was being forgotten may still have the texts.
                seen = _host.Texts.Generation;
                _recent = null;
                await LoadFromAsync(TakeSnapshot());
            }
            while (HoldsTexts && seen != _host.Texts.Generation);
            _isLoaded = true;
        }
        catch (JournalException e)
        {
            throw new TwinMovedException($"the journal cannot be read now: {e.Message}");
        }
        catch (Exception e) when (e is CorruptHistoryException or JsonException)
        {
            _isLoaded = true;
            Stop(e);
        }
    }

    private async Task LoadFromAsync(DurableTwin from)
    {
        TwinHistory history = await _host.Store.LoadAsync(_head.Id, from.Version);
        TwinState state = from.State;
        (int version, long position) = (from.Version, from.Position);
        foreach (RecordedEvent recorded in history.Events)
        {
            if (recorded.Version != version + 1 || recorded.Previous != position)
            {
                throw new CorruptHistoryException($"{_head.Id}: event {recorded.Position} has version {recorded.Version} after {version}");
            }
            state = _head.Type.Evolve(state, recorded.Event);
            (version, position, _lastAt) = (recorded.Version, recorded.Position, recorded.At);
            RememberCommand(recorded);
        }
        (_state, _version) = (state, version);
        _dueTicks = _head.Type.NextDeadline(state)?.UtcTicks ?? 0;
        _head.Durable = new DurableTwin(state, version, position);
        if (history.Undelivered.Count > 0)
        {
            _host.Courier.SendAgain(_head.Id, history.Undelivered);
        }
    }

    private DurableTwin TakeSnapshot()
    {
        if (_kept?.State is { Version: > 0 } kept)
        {
            try
            {
                TwinState state = _host.Store.ReadState(_head.Type, kept.State);
                _recent = RecentCommands.Load(kept.Recent);
                return new DurableTwin(state, kept.Version, kept.Position);
            }
            catch (JsonException e)
            {
                // Of another version of the program: the history has everything.
                TwinLog.SnapshotUnreadable(_host.Logger, e, _head.Id);
            }
        }
        return new DurableTwin(_head.Type.Initial, 0, 0);
    }

    private void RememberCommand(in RecordedEvent recorded)
    {
        if (recorded.Command.IsNone)
        {
            return;
        }
        _recent ??= new RecentCommands();
        if (_recent.TryFind(recorded.Command, out RememberedCommand known))
        {
            _recent.Extend(known with { Count = (ushort)(known.Count + 1), Version = recorded.Version });
        }
        else
        {
            _recent.Add(new RememberedCommand(recorded.Command, recorded.Position, recorded.Version, 1, Refusal.None));
        }
    }

    private void KeepInTime()
    {
        if (_kept is not null && _keeping.IsCompleted && _head.Durable.Version - _kept.State.Version >= _host.Options.SnapshotEvery)
        {
            _keeping = KeepAsync(_host.Options.SnapshotEvery);
        }
    }

    private async Task KeepAsync(int atLeast)
    {
        await _keeping;
        DurableTwin durable = _head.Durable;
        // A command whose answer is being given is not among the recent ones yet: the next time will do.
        if (_kept is null || _head.IsLost || _fault is not null || _underWay.Values.Any(e => e.Version <= durable.Version) || durable.Version - _kept.State.Version < atLeast)
        {
            return;
        }
        try
        {
            if (_host.Store.WriteState(_head.Id, durable.State) is not { } state)
            {
                return;
            }
            _kept.State = new KeptTwin { Version = durable.Version, Position = durable.Position, Recent = _recent?.Save() ?? [], State = state };
            await _kept.WriteStateAsync();
        }
#pragma warning disable CA1031 // Whatever the storage provider, or the table of keys, throws: a snapshot saves time and nothing else, and the history has everything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TwinLog.SnapshotNotKept(_host.Logger, e, _head.Id);
        }
    }
}
