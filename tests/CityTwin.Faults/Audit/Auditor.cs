using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Audit;

/// <summary>Judges every reply by the history that is durable at that moment, and by what the callers were told before.</summary>
internal sealed class Auditor(History history, Verdict verdict)
{
    private readonly Dictionary<CommandId, Intent> _intents = [];

    /// <summary>Answers judged.</summary>
    public int Judged { get; private set; }

    public History History { get; } = history;

    /// <summary>Counts the times that the runtime may have forgotten refusals: restarts and passivations.</summary>
    public Func<int> Memory { get; set; } = () => 0;

    public void Register(Intent intent) => _intents.Add(intent.Id, intent);

    public void Judge(Intent intent, Reply reply)
    {
        Judged++;
        History.CatchUp();
        switch (reply.Status)
        {
            case ReplyStatus.Accepted:
                JudgeAcceptance(intent, reply);
                break;
            case ReplyStatus.Unchanged or ReplyStatus.Refused:
                JudgeNoChange(intent, reply);
                break;
            case ReplyStatus.Unavailable:
                intent.Unknown++;
                break;
            case ReplyStatus.Overloaded:
                break;
            default:
                verdict.Fail($"{intent} was answered {reply.Status}");
                break;
        }
    }

    /// <summary>A reading of the present: durable, its state that of its version, and not older than what the caller knew.</summary>
    public void JudgeReading(in TwinReading reading, int knownVersion)
    {
        Judged++;
        History.CatchUp();
        TwinHistory twin = History.Of(reading.Twin);
        if (reading.Version < knownVersion || reading.Version > twin.Version)
        {
            verdict.Fail($"{reading.Twin} was read at version {reading.Version}; durable are {twin.Version}, known were {knownVersion}");
            return;
        }
        CheckState(reading, twin);
    }

    /// <summary>A reading as of a moment: a fold of what had happened until then.</summary>
    public void JudgeReadingAt(in TwinReading reading, DateTimeOffset at, int versionsAtAsking)
    {
        Judged++;
        History.CatchUp();
        TwinHistory twin = History.Of(reading.Twin);
        int now = VersionsUntil(reading.Twin, at);
        if (reading.Version < versionsAtAsking || reading.Version > now)
        {
            verdict.Fail($"{reading.Twin} as of {at:O} was read at version {reading.Version}, not {versionsAtAsking} to {now}");
            return;
        }
        CheckState(reading, twin);
    }

    public void JudgeHistory(TwinId id, int after, int limit, int knownVersion, IReadOnlyList<RecordedEvent> read)
    {
        Judged++;
        History.CatchUp();
        IReadOnlyList<RecordedEvent> events = History.Of(id).Events;
        bool isWhole = read.Count == limit || after + read.Count >= knownVersion;
        verdict.Check(isWhole && after + read.Count <= Math.Max(after, events.Count), $"the history of {id} after {after} has {read.Count} events; known were {knownVersion}");
        for (int i = 0; i < read.Count && verdict.IsGood; i++)
        {
            RecordedEvent expected = events[after + i];
            verdict.Check(read[i].Position == expected.Position && IsSame(read[i].Event, expected.Event), $"the history of {id} differs at version {after + i + 1}");
        }
    }

    public int VersionsUntil(TwinId id, DateTimeOffset at) => History.Of(id).Events.Count(e => e.At <= at);

    /// <summary>When all is at rest: every command stands as often as its callers were told.</summary>
    public void JudgeIntents()
    {
        History.CatchUp();
        foreach (Intent intent in _intents.Values)
        {
            (_, long first, int count) = History.Of(intent.Id);
            if (intent.Accepted is { } accepted)
            {
                verdict.Check(count == accepted.Events.Count && first + count - 1 == accepted.Position, $"{intent} was accepted at position {accepted.Position}, and the journal has it at {first}");
            }
            else
            {
                verdict.Check(count == 0 || intent.Unknown > 0, $"{intent} was never accepted, and yet happened at position {first}");
            }
        }
    }

    private void JudgeAcceptance(Intent intent, Reply reply)
    {
        int count = reply.Events.Count;
        if (count == 0 || reply.Position > History.Position)
        {
            verdict.Fail($"{intent} was acknowledged at position {reply.Position} with {count} events; durable are {History.Position}");
            return;
        }
        for (int i = 0; i < count; i++)
        {
            RecordedEvent durable = History[reply.Position - count + 1 + i];
            verdict.Check(
                durable.Twin == intent.Target && durable.Command == intent.Id && durable.Version == reply.Version - count + 1 + i && IsSame(durable.Event, reply.Events[i]),
                $"{intent} was acknowledged at position {reply.Position}, version {reply.Version}; there is {durable.Twin} version {durable.Version} of {durable.Command}");
        }
        intent.FirstAnswers += reply.Repeated ? 0 : 1;
        verdict.Check(intent.FirstAnswers <= 1, $"{intent} was accepted twice without being called a repeat");
        if (intent.Accepted is { } first)
        {
            verdict.Check(
                first.Position == reply.Position && first.Version == reply.Version && first.Events.Count == count,
                $"{intent} was accepted at position {first.Position}, and then at {reply.Position} (repeated: {reply.Repeated})");
        }
        CheckForgotten(intent, reply);
        CheckReplyState(intent, reply);
        intent.Accepted ??= reply;
    }

    private void JudgeNoChange(Intent intent, Reply reply)
    {
        (_, long first, int count) = History.Of(intent.Id);
        verdict.Check(count == 0, $"{intent} happened at position {first}, and was then answered {reply.Status} {reply.Refusal}");
        verdict.Check(intent.Accepted is null, $"{intent} was accepted, and then answered {reply.Status} {reply.Refusal}");
        verdict.Check(reply.Events.Count == 0 && reply.Position == 0, $"{intent} was {reply.Status} and has events");
        verdict.Check(reply.Version <= History.Of(intent.Target).Version, $"{intent} was {reply.Status} at version {reply.Version}, which is not durable");
        CheckForgotten(intent, reply);
        if (reply.Status == ReplyStatus.Unchanged)
        {
            CheckReplyState(intent, reply);
        }
        intent.OtherAnswer = reply;
        intent.OtherAnswerMemory = Memory();
    }

    // A refusal is remembered only until a restart or a passivation; an acceptance for ever.
    private void CheckForgotten(Intent intent, Reply reply)
    {
        if (intent.OtherAnswer is { } earlier && intent.OtherAnswerMemory == Memory())
        {
            verdict.Check(
                earlier.Status == reply.Status && earlier.Refusal == reply.Refusal,
                $"{intent} was {earlier.Status} {earlier.Refusal}, and then {reply.Status} {reply.Refusal} (repeated: {reply.Repeated})");
        }
    }

    // Comparing states costs more than all else: every fourth is enough, over thousands of seeds.
    private void CheckReplyState(Intent intent, Reply reply)
    {
        TwinHistory twin = History.Of(intent.Target);
        verdict.Check(reply.State is not null, $"{intent} was {reply.Status} without a state");
        if (reply.State is null || Judged % 4 != 0)
        {
            return;
        }
        for (int version = twin.Version; version >= reply.Version; version--)
        {
            if (IsSame(reply.State, twin.StateAt(version)))
            {
                return;
            }
        }
        verdict.Fail($"{intent} was answered with a state that {intent.Target} had at no version from {reply.Version} to {twin.Version}");
    }

    private void CheckState(in TwinReading reading, TwinHistory twin)
    {
        long head = reading.Version == 0 ? 0 : twin.Events[reading.Version - 1].Position;
        verdict.Check(reading.Position == head, $"{reading.Twin} version {reading.Version} was read at position {reading.Position}, not {head}");
        if (!IsSame(reading.State, twin.StateAt(reading.Version)))
        {
            verdict.Fail($"{reading.Twin} was read at version {reading.Version} with another state:\n  read     {Json(reading.State)}\n  expected {Json(twin.StateAt(reading.Version))}");
        }
    }

    private static bool IsSame(object one, object other) => ReferenceEquals(one, other) || Json(one) == Json(other);

    private static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), JournalJson.Format);
}
