using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using YamlDotNet.RepresentationModel;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Reads the changes of a scenario: a list, each with one lever and perhaps a period.</summary>
internal static class ChangeSyntax
{
    public static readonly string[] Levers =
    [
        "officers", "pool", "merge", "move_service", "simplify", "online", "automate", "deadline", "demand", "trend", "absence", "closed", "order",
        "batch", "train", "shift", "pace", "priority", "hands", "unfinished",
    ];

    public static readonly (string, Urgency)[] Urgencies =
        [("normal", Urgency.Normal), ("high", Urgency.High), ("immediate", Urgency.Immediate)];

    public static readonly (string, EndOfShift)[] Policies =
        [("hold", EndOfShift.Hold), ("finish", EndOfShift.Finish), ("hand-over", EndOfShift.HandOver)];

    public static ImmutableArray<ScenarioChange> Read(YamlNode node, YamlReader reader)
    {
        if (node is not YamlSequenceNode list)
        {
            reader.Add(node, MistakeCode.NoChanges);
            return [];
        }
        List<ScenarioChange> changes = [];
        foreach (YamlNode item in list)
        {
            Dictionary<string, YamlNode> entries = reader.Mapping(item, [.. Levers, "from", "to"]);
            string[] named = [.. entries.Keys.Where(Levers.Contains)];
            DateOnly? from = reader.Date(entries.GetValueOrDefault("from"));
            DateOnly? to = reader.Date(entries.GetValueOrDefault("to"));
            if (from > to)
            {
                reader.Add(item, MistakeCode.PeriodEndsEarly, $"{to:yyyy-MM-dd}", $"{from:yyyy-MM-dd}");
            }
            if (named.Length != 1)
            {
                reader.Add(item, MistakeCode.NotOneLever, string.Join(", ", Levers), $"{named.Length}");
            }
            else if (One(named[0], entries[named[0]], reader) is { } lever)
            {
                changes.Add(new ScenarioChange(lever, from, to));
            }
        }
        return [.. changes];
    }

    private static Lever? One(string name, YamlNode node, YamlReader reader)
    {
        if (name == "unfinished")
        {
            return reader.OneOf(node, Policies) is { } policy ? new Lever.Unfinished(policy) : null;
        }
        Dictionary<string, YamlNode> e = reader.Mapping(node, [.. OwnKeys(name), .. SelectingKeys(name)]);
        Selection of = new(
            reader.Names(e.GetValueOrDefault("offices")), reader.Names(e.GetValueOrDefault("services")), reader.Names(e.GetValueOrDefault("skills")));
        double? Need(string key, double low, double high) => reader.Number(reader.Required(e, node, key), low, high);
        return name switch
        {
            "officers" => Staff(of, e, node, reader),
            "pool" => new Lever.Pool(of),
            "merge" => reader.Names(reader.Required(e, node, "into")) is [{ } into] ? new Lever.Merge(of, into) : null,
            "move_service" => reader.OneOf(reader.Required(e, node, "to"), ("commune", Level.Commune), ("city", Level.City)) is { } to
                ? new Lever.MoveService(of, to, reader.Names(e.GetValueOrDefault("as")).FirstOrDefault()) : null,
            "simplify" => new Lever.Simplify(
                of,
                reader.Number(e.GetValueOrDefault("days"), 0, 365) ?? 0,
                reader.Number(e.GetValueOrDefault("share"), 0, 0.95) ?? 0,
                reader.Whole(e.GetValueOrDefault("steps"), 1, 20),
                reader.Number(e.GetValueOrDefault("handling"), 0.01, 10) ?? 1),
            "online" => Need("share", 0, 1) is { } share ? new Lever.Online(of, share) : null,
            "automate" => Need("saves", 0, 0.99) is { } saves ? new Lever.Automate(of, saves) : null,
            "deadline" => Need("days", 0.5, 365) is { } days ? new Lever.Deadline(of, days) : null,
            "demand" => Need("factor", 0, 100) is { } factor ? new Lever.Demand(of, factor) : null,
            "trend" => Need("yearly", -0.99, 10) is { } yearly ? new Lever.Trend(of, yearly) : null,
            "absence" => Need("share", 0, 1) is { } absent ? new Lever.Absence(of, absent) : null,
            "closed" => new Lever.Closed(of),
            "train" => new Lever.Train(of, Count(e, reader), reader.OneOf(e.GetValueOrDefault("first"), ("true", true), ("false", false)) ?? false),
            "shift" => ShiftSyntax.Read(e, node, reader) is { } hours ? new Lever.Shift(of, hours, Count(e, reader)) : null,
            "pace" => Need("factor", 0.1, 10) is { } pace ? new Lever.Pace(of, pace, Count(e, reader)) : null,
            "priority" => reader.OneOf(reader.Required(e, node, "urgency"), Urgencies) is { } urgency ? new Lever.Priority(of, urgency) : null,
            "hands" => reader.Whole(reader.Required(e, node, "max"), 1, 1_000) is { } max ? new Lever.Hands(max) : null,
            "batch" => Need("size", 1, 10_000) is { } size && Need("days", 0.1, 60) is { } wait ? new Lever.Batch((int)size, wait) : null,
            "order" => reader.OneOf(reader.Required(e, node, "by"), ("deadline-first", Discipline.DeadlineFirst), ("fifo", Discipline.Fifo)) is { } by
                ? new Lever.Order(of, by) : null,
            _ => null,
        };
    }

    /// <summary>The keys of a lever that say what it does.</summary>
    public static string[] OwnKeys(string lever) => lever switch
    {
        "officers" => ["add", "set", "factor"],
        "merge" => ["into"],
        "move_service" => ["to", "as"],
        "simplify" => ["days", "share", "steps", "handling"],
        "online" or "absence" => ["share"],
        "automate" => ["saves"],
        "deadline" => ["days"],
        "demand" => ["factor"],
        "trend" => ["yearly"],
        "order" => ["by"],
        "batch" => ["size", "days"],
        "train" => ["count", "first"],
        "shift" => ["hours", "days", "count"],
        "pace" => ["factor", "count"],
        "priority" => ["urgency"],
        "hands" => ["max"],
        _ => [],
    };

    /// <summary>The keys that say what it applies to: a choice that would change nothing is no key.</summary>
    public static string[] SelectingKeys(string lever) => lever switch
    {
        "officers" or "pool" or "order" or "train" or "shift" or "pace" => ["offices", "skills"],
        "merge" or "absence" or "closed" => ["offices"],
        "move_service" or "simplify" or "online" or "automate" or "deadline" or "priority" => ["services"],
        "demand" or "trend" => ["offices", "services"],
        _ => [],
    };

    private static int? Count(Dictionary<string, YamlNode> e, YamlReader reader) => reader.Whole(e.GetValueOrDefault("count"), 1, 1_000);

    private static Lever.Officers? Staff(Selection of, Dictionary<string, YamlNode> e, YamlNode node, YamlReader reader)
    {
        if (e.Keys.Count(k => k is "add" or "set" or "factor") != 1)
        {
            reader.Add(node, MistakeCode.NotOneOf, "add, set, factor");
            return null;
        }
        return new Lever.Officers(
            of,
            reader.Whole(e.GetValueOrDefault("add"), -1_000, 1_000),
            reader.Whole(e.GetValueOrDefault("set"), 0, 1_000),
            reader.Number(e.GetValueOrDefault("factor"), 0, 100));
    }
}
