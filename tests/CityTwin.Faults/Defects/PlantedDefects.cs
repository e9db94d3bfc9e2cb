namespace CityTwin.Faults.Defects;

/// <summary>The defects that can be planted, by name.</summary>
internal static class PlantedDefects
{
    public static IReadOnlyDictionary<string, Func<Variant>> ByName { get; } = new Dictionary<string, Func<Variant>>
    {
        ["reply-before-commit"] = () => new ReplyBeforeCommit(),
        ["answer-before-sync"] = () => new AnswerBeforeSync(),
        ["torn-batch-trusted"] = () => new TornBatchTrusted(),
        ["outbox-removed-early"] = () => new OutboxRemovedEarly(),
        ["outbox-never-removed"] = () => new OutboxNeverRemoved(),
        ["deadline-fired-twice"] = () => new DeadlineFiredTwice(),
        ["snapshot-one-event-behind"] = () => new SnapshotOneEventBehind(),
        ["dirty-twin-passivated"] = () => new DirtyTwinPassivated(),
        ["repeat-forgotten"] = () => new RepeatForgotten(),
        ["last-event-skipped"] = () => new LastEventSkipped(),
    };

    /// <summary>The variant of that name; null: the runtime as it is.</summary>
    public static Variant Make(string? name) => name is null ? new Variant() : ByName[name]();

    /// <summary>Tries seeds, from 1, until one catches the defect; null when none of so many does.</summary>
    public static World.Outcome? Catch(string name, int seedsMax)
    {
        for (int seed = 1; seed <= seedsMax; seed++)
        {
            World.Outcome outcome = new World.World(seed, Make(name)).Play();
            if (outcome.Failure is not null)
            {
                return outcome;
            }
        }
        return null;
    }
}
