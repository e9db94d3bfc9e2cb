using CityTwin.Faults.Audit;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Embedded;

namespace CityTwin.Faults.Traffic;

/// <summary>Everybody who sends commands: they repeat under the same id what they got no answer to, some too early, some long after the answer.</summary>
internal sealed class Callers(World.World world, Random random)
{
    private readonly RandomTraffic _traffic = new(world.History, random);
    private readonly Readers _readers = new(world, random);
    private readonly List<Intent> _open = [];
    private readonly List<Intent> _answered = [];
    private readonly List<(Intent Intent, ValueTask<Reply> Answer)> _pending = [];
    private readonly List<(Intent[] Intents, ValueTask<Reply[]> Answers)> _pendingGroups = [];
    private ulong _ids;

    /// <summary>Whether every command has its answer, and every reading.</summary>
    public bool IsDone => _open.Count == 0 && Pending == 0;

    /// <summary>Who waits for an answer.</summary>
    public int Pending => _pending.Count + _pendingGroups.Count + _readers.Pending;

    public void Act(EmbeddedRuntime runtime, bool isResting)
    {
        if (isResting)
        {
            if (_open.Find(i => i.Pending == 0) is { } waiting)
            {
                Send(runtime, waiting);
            }
            return;
        }
        if (Pending >= world.Circumstances.CallersMax)
        {
            return;
        }
        switch (random.Next(20))
        {
            case < 11:
                Send(runtime, Begin());
                break;
            case < 14 when _open.Count > 0:
                Retry(runtime);
                break;
            case < 15 when _answered.Count > 0:
                Send(runtime, _answered[random.Next(_answered.Count)]);
                break;
            case < 16:
                SendTogether(runtime);
                break;
            default:
                _readers.Ask(runtime, _traffic.AnyTwin());
                break;
        }
    }

    /// <summary>Moves the driven clock.</summary>
    public void Advance(EmbeddedRuntime runtime, DateTimeOffset to) => _readers.Advance(runtime, to);

    /// <summary>Reads a twin; when it cannot be answered, again.</summary>
    public void Read(EmbeddedRuntime runtime, TwinId twin) => _readers.Insist(runtime, twin);

    /// <summary>Judges the answers that have come.</summary>
    public void Collect()
    {
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            (Intent intent, ValueTask<Reply> answer) = _pending[i];
            if (answer.IsCompleted)
            {
                _pending.RemoveAt(i);
                Take(intent, answer.Result);
            }
        }
        for (int i = _pendingGroups.Count - 1; i >= 0; i--)
        {
            (Intent[] intents, ValueTask<Reply[]> answers) = _pendingGroups[i];
            if (answers.IsCompleted)
            {
                _pendingGroups.RemoveAt(i);
                Reply[] replies = answers.Result;
                for (int k = 0; k < intents.Length; k++)
                {
                    Take(intents[k], replies[k]);
                }
            }
        }
        _readers.Collect();
    }

    /// <summary>The process died: what was not answered will never be.</summary>
    public void LoseAnswers()
    {
        foreach (Intent intent in _pending.Select(p => p.Intent).Concat(_pendingGroups.SelectMany(g => g.Intents)))
        {
            intent.Pending--;
            intent.Unknown++;
        }
        _pending.Clear();
        _pendingGroups.Clear();
        _readers.LoseAnswers();
    }

    private Intent Begin()
    {
        (TwinId target, TwinCommand command) = _traffic.Next();
        Intent intent = new(new CommandId(4_711).Derive(++_ids), target, command);
        world.Auditor.Register(intent);
        _open.Add(intent);
        return intent;
    }

    private void Retry(EmbeddedRuntime runtime)
    {
        Intent intent = _open[random.Next(_open.Count)];
        if (intent.Sendings > 2 && random.Next(4) == 0)
        {
            _open.Remove(intent);
            world.Trace($"given up: {intent}");
            return;
        }
        Send(runtime, intent);
    }

    private void Send(EmbeddedRuntime runtime, Intent intent)
    {
        world.Trace($"send {intent}{(intent.Sendings > 0 ? " again" : "")}");
        intent.Sendings++;
        intent.Pending++;
        _pending.Add((intent, runtime.SendAsync(intent.Target, intent.Command, intent.Id)));
    }

    private void SendTogether(EmbeddedRuntime runtime)
    {
        Intent[] intents = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Begin())];
        foreach (Intent intent in intents)
        {
            world.Trace($"send together {intent}");
            intent.Sendings++;
            intent.Pending++;
        }
        _pendingGroups.Add((intents, runtime.SendAsync(intents.Select(i => i.Envelope).ToArray())));
    }

    private void Take(Intent intent, Reply reply)
    {
        world.Trace($"answer {intent}: {reply.Status} {(reply.Refusal == Refusal.None ? "" : reply.Refusal)} position {reply.Position} version {reply.Version}{(reply.Repeated ? ", repeated" : "")}");
        intent.Pending--;
        world.Auditor.Judge(intent, reply);
        if (intent.IsAnswered && _open.Remove(intent))
        {
            _answered.Add(intent);
        }
    }
}
