using CityTwin.Silo;
using Orleans;

namespace CityTwin.Grains.Orleans;

// Messages and deadlines.
public abstract partial class TwinGrain
{
    private const int TakenKept = 64;

    private readonly Dictionary<long, TurnEntry> _takenEntries = [];
    private readonly Queue<long> _takenOrder = new();

    /// <inheritdoc/>
    public async Task<PostOutcome> Take(TwinPost post)
    {
        await PrepareAsync(post.RulesVersion, isNew: false);
        int taken = 0;
        TurnEntry? last = null;
        foreach (Letter letter in post.Letters)
        {
            if (_takenEntries.TryGetValue(letter.Sequence, out TurnEntry? before))
            {
                last = before;
                taken++;
                continue;
            }
            TurnOutcome turn = TryTurn(letter.Command, default, letter.At, taken: letter);
            if (turn.Entry is not { } entry)
            {
                if (turn.Status == ReplyStatus.Faulted)
                {
                    break;
                }
                throw new TwinMovedException("the journal takes nothing now");
            }
            _host.Counters.Took(turn.Refusal != Refusal.None);
            Remember(letter.Sequence, entry);
            last = entry;
            taken++;
        }
        try
        {
            await (last?.Durable ?? Task.CompletedTask);
        }
        catch (TwinMovedException)
        {
            long[] gone = [.. post.Letters.Select(l => l.Sequence).Where(s => _takenEntries.TryGetValue(s, out TurnEntry? e) && e.WasTakenBefore)];
            if (gone.Length == 0)
            {
                throw;
            }
            return new PostOutcome(0, gone);
        }
        KeepInTime();
        return new PostOutcome(taken, []);
    }

    /// <inheritdoc/>
    public async Task Fire(DateTimeOffset due, int rulesVersion)
    {
        await PrepareAsync(rulesVersion, isNew: false);
        TwinCommand? command = _head.Type.Deadline;
        if (_fault is not null || command is null)
        {
            return;
        }
        bool isArmed = _head.Type.NextDeadline(_state) is { } next && next <= due;
        Trail? trail = null;
        TurnEntry? entry;
        if (isArmed)
        {
            TurnOutcome turn = TryTurn(command, default, due, _host.Trails.Begin, isDeadline: true);
            (entry, trail) = (turn.Entry, turn.Trail);
        }
        else
        {
            entry = PostDueAgain();
        }
        if (entry is null)
        {
            throw new TwinMovedException("the journal takes nothing now");
        }
        await entry.Durable;
        if (entry.Events.Length > 0)
        {
            _host.Counters.Fired();
        }
        if (trail is not null)
        {
            await trail.Ended.WaitAsync(_host.Options.SettleTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _host.Trails.End(trail);
        }
    }

    // The row of a deadline was of another time: the true one is written.
    private TurnEntry? PostDueAgain()
    {
        _happened.Clear();
        TurnEntry entry = MakeEntry(_state, _lastAt, default, [], default, 0, isDeadline: true);
        if (!_host.Committer.TryPost(entry))
        {
            return null;
        }
        Advance(entry, _lastAt);
        return entry;
    }

    private void Remember(long sequence, TurnEntry entry)
    {
        _takenEntries.Add(sequence, entry);
        _takenOrder.Enqueue(sequence);
        if (_takenOrder.Count > TakenKept && _takenEntries[_takenOrder.Peek()].Durable.IsCompleted)
        {
            _takenEntries.Remove(_takenOrder.Dequeue());
        }
    }
}
