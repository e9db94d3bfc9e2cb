using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CityTwin.Grains;

namespace CityTwin.Silo.Tests.Queries;

/// <summary>A condition as text, and as what it means, written down a second time and as simply as can be.</summary>
internal sealed record Meant(string Text, Func<TwinId, CaseState, bool> Holds);

/// <summary>Random conditions on cases.</summary>
internal sealed class RandomQueries(Random random, DateTimeOffset now, WorkCalendar calendar)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    public Meant Condition(int depth = 3)
    {
        int roll = random.Next(depth == 0 ? 6 : 10);
        switch (roll)
        {
            case 6 or 7:
                Meant[] all = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Condition(depth - 1))];
                return new Meant(string.Join(Blank(";"), all.Select(a => $"({a.Text})")), (id, s) => all.All(a => a.Holds(id, s)));
            case 8:
                Meant[] any = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Condition(depth - 1))];
                return new Meant($"({string.Join(Blank("|"), any.Select(a => a.Text.Contains('|', StringComparison.Ordinal) ? $"({a.Text})" : a.Text))})", (id, s) => any.Any(a => a.Holds(id, s)));
            case 9:
                Meant not = Condition(depth - 1);
                return new Meant($"!({not.Text})", (id, s) => !not.Holds(id, s));
            case 0:
                return Word();
            case 1:
                return Moment();
            case 2:
                return Number();
            case 3:
                return Identity();
            case 4:
                return Flag();
            default:
                return random.Next(2) == 0 ? Pattern() : Exists();
        }
    }

    private Meant Word() => random.Next(4) switch
    {
        0 => OfWords("stage", s => s.Stage, CaseStage.Absent),
        1 => OfWords("urgency", s => s.Urgency),
        2 => OfWords("channel", s => s.Channel),
        _ => OfWords("kind", s => s.Kind),
    };

    private Meant OfWords<T>(string name, Func<CaseState, T> read, params T[] without)
        where T : struct, Enum
    {
        T[] all = [.. Enum.GetValues<T>().Except(without)];
        string[] words = [.. all.Select(w => JsonNamingPolicy.CamelCase.ConvertName(w.ToString()))];
        return Ordered(name, all.Length, i => words[i], i => i, s => Array.IndexOf(all, read(s)));
    }

    private Meant Number()
    {
        (string name, Func<CaseState, double?> read)[] numbers =
        [
            ("escalations", s => s.Escalations), ("reopenings", s => s.Reopenings), ("rating", s => s.Rating == 0 ? null : s.Rating),
            ("worked", s => s.Worked.TotalMinutes),
        ];
        (string chosen, Func<CaseState, double?> value) = numbers[random.Next(numbers.Length)];
        return Ordered(chosen, 12, i => (i * 0.5).ToString(CultureInfo.InvariantCulture), i => i * 0.5, value);
    }

    private Meant Moment()
    {
        (string name, Func<CaseState, double?> read)[] moments =
        [
            ("deadline", s => Ms(s.DueAt)), ("dueAt", s => Ms(s.DueAt)), ("filedAt", s => Ms(s.FiledAt)), ("stageAt", s => Ms(s.StageAt)),
            ("resolvedAt", s => s.ResolvedAt is { } at ? Ms(at) : null),
        ];
        (string chosen, Func<CaseState, double?> value) = moments[random.Next(moments.Length)];
        if (random.Next(3) == 0)
        {
            string comparison = Comparisons[random.Next(2, 6)];
            int hours = random.Next(0, 60);
            bool working = random.Next(2) == 0;
            bool back = random.Next(2) == 0;
            TimeSpan length = TimeSpan.FromHours(back ? -hours : hours);
            double than = Ms(working ? calendar.Add(now, length) : now + length);
            string text = $"{chosen}{comparison}now {(back ? '-' : '+')} {hours} {(working ? "working " : "")}hours";
            return new Meant(text, (_, s) => value(s) is { } v && Compare(comparison, v, than, than));
        }
        if (random.Next(3) == 0)
        {
            string comparison = Comparisons[random.Next(6)];
            var day = DateOnly.FromDateTime(now.DateTime.AddDays(random.Next(-20, 20)));
            double from = Ms(calendar.At(day, TimeOnly.MinValue));
            double to = from + 86_399_999;
            return new Meant($"{chosen}{comparison}{day:yyyy-MM-dd}", (_, s) => value(s) is { } v && Compare(comparison, v, from, to));
        }
        DateTimeOffset start = now.AddDays(-10);
        return Ordered(chosen, 40, i => start.AddHours(i * 12).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), i => Ms(start.AddHours(i * 12)), value);
    }

    private Meant Identity()
    {
        TwinId[] offices = [TwinId.Commune(1), TwinId.Commune(2), TwinId.Commune(3), TwinId.Department(9)];
        switch (random.Next(3))
        {
            case 0:
                TwinId commune = offices[random.Next(3)];
                return new Meant($"commune=={(random.Next(2) == 0 ? commune.ToString() : commune.NumberText)}", (_, s) => s.Commune == commune);
            case 1:
                TwinId[] some = [.. offices.Where(_ => random.Next(2) == 0).DefaultIfEmpty(offices[0])];
                bool not = random.Next(2) == 0;
                return new Meant($"office{(not ? "!=" : "==")}{string.Join(Blank(","), some)}", (_, s) => some.Contains(s.Office) != not);
            default:
                TwinId citizen = TwinId.Citizen(random.Next(50));
                return new Meant($"citizen!={citizen}", (_, s) => !s.Citizen.IsNone && s.Citizen != citizen);
        }
    }

    private Meant Flag()
    {
        (string name, Func<CaseState, bool?> read)[] flags = [("overdue", s => s.Overdue), ("open", s => s.IsOpen), ("onTime", s => s.OnTime)];
        (string chosen, Func<CaseState, bool?> value) = flags[random.Next(flags.Length)];
        bool wanted = random.Next(2) == 0;
        return random.Next(2) == 0
            ? new Meant($"{chosen}=={(wanted ? "true" : "false")}", (_, s) => value(s) == wanted)
            : new Meant($"{chosen}!={(wanted ? "true" : "false")}", (_, s) => value(s) is { } v && v != wanted);
    }

    private Meant Pattern()
    {
        string[] patterns = ["^s[0-2]$", "light", "s.", "^(s1|light)$"];
        string pattern = patterns[random.Next(patterns.Length)];
        bool not = random.Next(2) == 0;
        return new Meant($"service{(not ? "!~=" : "~=")}\"{pattern}\"", (_, s) => Regex.IsMatch(s.Service, pattern) != not);
    }

    private Meant Exists() => random.Next(4) switch
    {
        0 => new Meant("onTime", (_, s) => s.OnTime is not null),
        1 => new Meant("rating", (_, s) => s.Rating != 0),
        2 => new Meant("desk", (_, s) => !s.Desk.IsNone),
        _ => new Meant("citizen", (_, s) => !s.Citizen.IsNone),
    };

    private Meant Ordered(string name, int count, Func<int, string> text, Func<int, double> value, Func<CaseState, double?> read)
    {
        string comparison = Comparisons[random.Next(Comparisons.Length)];
        int a = random.Next(count), b = random.Next(a, count);
        if (comparison is "==" or "!=")
        {
            bool not = comparison == "!=";
            int[] some = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(count))];
            bool range = random.Next(2) == 0;
            string values = range ? $"{text(a)}{Blank("..")}{text(b)}" : string.Join(Blank(","), some.Select(text));
            return new Meant(
                $"{name}{Blank(comparison)}{values}",
                (_, s) => read(s) is { } v && (range ? v >= value(a) && v <= value(b) : some.Any(i => value(i) == v)) != not);
        }
        return new Meant($"{name}{Blank(comparison)}{text(a)}", (_, s) => read(s) is { } v && Compare(comparison, v, value(a), value(a)));
    }

    private static bool Compare(string comparison, double v, double first, double last) => comparison switch
    {
        "==" => v >= first && v <= last,
        "!=" => v < first || v > last,
        "<" => v < first,
        "<=" => v <= last,
        ">" => v > last,
        _ => v >= first,
    };

    private static double Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private string Blank(string sign) => random.Next(3) switch { 0 => $" {sign} ", 1 => $"{sign} ", _ => sign };
}
