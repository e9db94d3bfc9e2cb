using System.Globalization;
using CityTwin.Grains;

namespace CityTwin.Silo.Exports;

/// <summary>How a city's events look as an object-centric log: types, attributes, relations. Both OCEL forms are made of this.</summary>
internal static class ObjectLog
{
    /// <summary>Attributes without a time have been so since then: the standard's own convention.</summary>
    public const string Always = "1970-01-01T00:00:00Z";

    /// <summary>Types of objects and their attributes.</summary>
    public static IReadOnlyList<(string Type, (string Name, string Type)[] Attributes)> ObjectTypes { get; } =
    [
        ("case",
        [
            ("kind", "string"), ("service", "string"), ("commune", "string"), ("channel", "string"), ("urgency", "string"), ("filed_at", "time"), ("due_at", "time"),
        ]),
        ("office", [("name", "string"), ("level", "string")]),
        ("desk", [("name", "string")]),
        ("official", []),
    ];

    /// <summary>Attributes of events, the same for every activity.</summary>
    public static IReadOnlyList<(string Name, string Type)> EventAttributes { get; } =
        [("position", "integer"), ("resource", "string"), ("worked_minutes", "float"), ("on_time", "boolean"), ("score", "integer")];

    /// <summary>The type of a twin's object.</summary>
    public static string TypeOf(TwinId id) => id.Kind switch
    {
        TwinKind.Case => "case",
        TwinKind.Desk => "desk",
        TwinKind.Official => "official",
        _ => "office",
    };

    /// <summary>An event's id.</summary>
    public static string IdOf(in LoggedStep step) => string.Create(CultureInfo.InvariantCulture, $"e{step.Position}");

    /// <summary>A moment, UTC.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The values of an event's attributes, those that it has.</summary>
    public static IEnumerable<(string Name, string Value)> Attributes(LoggedStep step)
    {
        yield return ("position", step.Position.ToString(CultureInfo.InvariantCulture));
        if (!step.Official.IsNone)
        {
            yield return ("resource", step.Official.ToString());
        }
        if (step.WorkedMinutes is { } worked)
        {
            yield return ("worked_minutes", worked.ToString("0.####", CultureInfo.InvariantCulture));
        }
        if (step.OnTime is { } onTime)
        {
            yield return ("on_time", onTime ? "true" : "false");
        }
        if (step.Score is { } score)
        {
            yield return ("score", score.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The objects of an event and what they are to it.</summary>
    public static IEnumerable<(TwinId Object, string Qualifier)> Relations(TwinId ofCase, LoggedStep step)
    {
        yield return (ofCase, "case");
        yield return (step.Office, "in charge");
        if (!step.Desk.IsNone)
        {
            yield return (step.Desk, "at desk");
        }
        if (!step.Official.IsNone)
        {
            yield return (step.Official, "done by");
        }
        if (!step.To.IsNone)
        {
            yield return (step.To, "goes to");
        }
    }

    /// <summary>The values of a case's attributes, and since when.</summary>
    public static IEnumerable<(string Name, string Time, string Value)> Attributes(LoggedCase c)
    {
        CaseEvent.CaseFiled f = c.Filed;
        yield return ("kind", Always, Word(f.Kind));
        yield return ("service", Always, f.Service);
        yield return ("commune", Always, f.Commune.ToString());
        yield return ("channel", Always, Word(f.Channel));
        yield return ("urgency", Always, Word(f.Urgency));
        yield return ("filed_at", Always, Text(f.At));
        yield return ("due_at", Always, Text(c.DueAt));
        foreach (LoggedStep step in c.Steps)
        {
            if (step.DueAt is { } due)
            {
                yield return ("due_at", Text(step.Happened.At), Text(due));
            }
        }
    }

    /// <summary>The values of another object's attributes.</summary>
    public static IEnumerable<(string Name, string Value)> Attributes(TwinId id, IReadOnlyDictionary<TwinId, string> names)
    {
        if (id.Kind is TwinKind.Commune or TwinKind.Department or TwinKind.Desk)
        {
            yield return ("name", names.GetValueOrDefault(id, id.ToString()));
        }
        if (id.Kind is TwinKind.Commune or TwinKind.Department)
        {
            yield return ("level", id.Kind == TwinKind.Commune ? "commune" : "city");
        }
    }

    /// <summary>What one object is to another.</summary>
    public static (TwinId Object, string Qualifier)? Relation(TwinId id, LoggedCase? c) => id.Kind switch
    {
        TwinKind.Case => (c!.Filed.Commune, "concerns"),
        _ => null,
    };

    /// <summary>An enumeration's word.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
