using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Operations;

/// <summary>What verifying a journal found.</summary>
/// <param name="Events">Events replayed.</param>
/// <param name="Twins">Twins met.</param>
/// <param name="States">Kept states compared with the replayed ones.</param>
/// <param name="Findings">What is wrong, the first hundred; empty when all is well.</param>
public sealed record VerificationReport(long Events, int Twins, long States, IReadOnlyList<string> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Findings.Count == 0;
}

/// <summary>Replays a journal from its first event and compares everything that is kept with what follows from the events.</summary>
/// <remarks>
/// Positions without gaps, moments that never go back, each twin's versions and links without gaps, every event readable and
/// possible after the ones before it, every kept state equal to the replayed one, and the twins agreeing with each other. Reads as
/// of one moment, beside a running city.
/// </remarks>
public sealed class JournalVerification
{
    private const int FindingsMax = 100;

    private readonly TwinTypes _types;
    private readonly List<string> _findings = [];
    private readonly Dictionary<TwinId, (TwinState State, int Version, long Head)> _twins = [];
    private readonly Dictionary<(TwinId Twin, int Version), List<string>> _kept = [];
    private long _states;

    private JournalVerification(TwinTypes types) => _types = types;

    /// <summary>Verifies a journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="types">The kinds of twins.</param>
    /// <param name="progress">Is told events replayed and events in all.</param>
    /// <exception cref="JournalException">The journal cannot be read at all.</exception>
    public static VerificationReport Run(string journal, TwinTypes types, Action<long, long>? progress = null)
    {
        using JournalRows rows = JournalRows.Open(journal);
        JournalVerification verification = new(types);
        Dictionary<long, byte[]> keys = rows.Read(JournalTable.Keys).ToDictionary(r => (long)r[0]!, r => (byte[])r[1]!);
        KeyRing ring = new(wanted => wanted.Where(keys.ContainsKey).ToDictionary(s => s, s => keys[s]));
        using PersonalScope scope = new(ring);
        verification.Keep(rows.Read(JournalTable.Snapshots), version: 1, position: 2, data: 5);
        verification.Keep(rows.Read(JournalTable.PastSnapshots), version: 2, position: 1, data: 3);
        long events = verification.Replay(rows, progress);
        verification.CheckRest(rows);
        return new VerificationReport(events, verification._twins.Count, verification._states, verification._findings);
    }

    private void Keep(IEnumerable<object?[]> rows, int version, int position, int data)
    {
        foreach (object?[] row in rows)
        {
            (TwinId, int) key = (TwinId.FromValue((long)row[0]!), (int)(long)row[version]!);
            if (!_kept.TryGetValue(key, out List<string>? states))
            {
                _kept.Add(key, states = []);
            }
            states.Add($"{row[position]} {row[data]}");
        }
    }

    private long Replay(JournalRows rows, Action<long, long>? progress)
    {
        long events = 0, position = 0, at = long.MinValue;
        foreach (object?[] row in rows.Read(JournalTable.Events))
        {
            events++;
            Check((long)row[0]! == position + 1, () => $"position {row[0]} follows {position}: a gap or a double");
            Check((long)row[4]! >= at, () => $"position {row[0]}: its moment is before that of the position before it");
            (position, at) = ((long)row[0]!, (long)row[4]!);
            Step(row);
            progress?.Invoke(events, rows.Position);
        }
        return events;
    }

    private void Step(object?[] row)
    {
        TwinId twin = TwinId.FromValue((long)row[1]!);
        TwinType type = _types[twin.Kind];
        (TwinState state, int version, long head) = _twins.TryGetValue(twin, out var known) ? known : (type.Initial, 0, 0);
        Check((long)row[2]! == version + 1, () => $"position {row[0]}: {twin} has version {row[2]} after {version}");
        Check((long)row[3]! == head, () => $"position {row[0]}: {twin} links back to {row[3]}, and its event before is {head}");
        try
        {
            state = type.Evolve(state, (TwinEvent)JournalJson.Read((string)row[6]!, Encoding.UTF8.GetBytes((string)row[7]!)));
        }
        catch (Exception e) when (e is CorruptHistoryException or JsonException or InvalidCastException)
        {
            Found($"position {row[0]}, {twin}: {e.Message}");
        }
        (version, head) = ((int)(long)row[2]!, (long)row[0]!);
        _twins[twin] = (state, version, head);
        if (_kept.Remove((twin, version), out List<string>? kept))
        {
            kept.ForEach(k => Compare(twin, version, head, state, k));
        }
    }

    private void Compare(TwinId twin, int version, long head, TwinState state, string kept)
    {
        _states++;
        int space = kept.IndexOf(' ', StringComparison.Ordinal);
        Check(kept.AsSpan(0, space).SequenceEqual(head.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            () => $"{twin}: the kept state of version {version} has position {kept[..space]}, and the event has {head}");
        try
        {
            TwinState read = JournalJson.ReadState(state.GetType(), Encoding.UTF8.GetBytes(kept[(space + 1)..]));
            Check(JsonNode.DeepEquals(Plain(read), Plain(state)), () => $"{twin}: the kept state of version {version} is not what its events make");
        }
        catch (JsonException e)
        {
            Found($"{twin}: the kept state of version {version} cannot be read: {e.Message}");
        }
    }

    // Without the keys in scope a text is written as it is; the scope's are for reading.
    private static JsonNode? Plain(TwinState state)
    {
        PersonalScope.Pause(out KeyRing? ring);
        JsonNode? plain = JsonSerializer.SerializeToNode(state, state.GetType(), JournalJson.Format);
        PersonalScope.Resume(ring);
        return plain;
    }

    private void CheckRest(JournalRows rows)
    {
        foreach ((TwinId twin, int version) in _kept.Keys)
        {
            Found($"{twin}: a state of version {version} is kept, which the journal does not have");
        }
        long checkpoint = rows.Read(JournalTable.Checkpoints).Select(r => (long)r[1]!).DefaultIfEmpty().Max();
        Check(checkpoint <= rows.Position, () => $"the checkpoint stands for position {checkpoint}, and the journal ends at {rows.Position}");
        if (!rows.Read(JournalTable.Outbox).Any())
        {
            CityAgreement.Check(_twins.ToDictionary(t => t.Key, t => t.Value.State), Found);
        }
    }

    private void Check(bool isSo, Func<string> otherwise)
    {
        if (!isSo)
        {
            Found(otherwise());
        }
    }

    private void Found(string finding)
    {
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(finding);
        }
    }
}
