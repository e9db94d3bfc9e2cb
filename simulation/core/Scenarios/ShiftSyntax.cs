using System.Collections.Immutable;
using System.Globalization;
using CityTwin.Grains;
using YamlDotNet.RepresentationModel;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Hours of a shift: <c>hours: [07:30-11:30, 13:30-19:00]</c> on <c>days: mon-fri</c>, or on <c>days: [sat, sun]</c>.</summary>
internal static class ShiftSyntax
{
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static OfficeWeek? Read(Dictionary<string, YamlNode> entries, YamlNode owner, YamlReader reader)
    {
        int before = reader.MistakeCount;
        ImmutableArray<OfficeHours> hours = [.. reader.Names(reader.Required(entries, owner, "hours")).Select(n => Stretch(n, reader)).OfType<OfficeHours>()];
        bool[] works = new bool[7];
        if (entries.TryGetValue("days", out YamlNode? named))
        {
            foreach (Named name in reader.Names(named))
            {
                Mark(name, works, reader);
            }
        }
        else
        {
            Array.Fill(works, true, 0, 5);
        }
        if (reader.MistakeCount > before)
        {
            return null;
        }
        if (hours.IsEmpty || !OfficeWeek.IsDay(hours))
        {
            reader.Add(entries["hours"], MistakeCode.NoDayOfWork);
            return null;
        }
        return new OfficeWeek([.. works.Select(w => w ? hours : [])]);
    }

    private static OfficeHours? Stretch(Named name, YamlReader reader)
    {
        string[] ends = name.Text.Split('-');
        if (ends.Length == 2 && Time(ends[0], out TimeOnly opens) && Time(ends[1], out TimeOnly closes) && closes > opens)
        {
            return new OfficeHours(opens, closes);
        }
        reader.Add(name, MistakeCode.NoHours, []);
        return null;
    }

    private static void Mark(Named name, bool[] works, YamlReader reader)
    {
        string[] ends = name.Text.Split('-');
        int first = Array.IndexOf(Days, ends[0]);
        int last = Array.IndexOf(Days, ends[^1]);
        if (ends.Length > 2 || first < 0 || last < first)
        {
            reader.Add(name, MistakeCode.NoDays, Days);
            return;
        }
        Array.Fill(works, true, first, last - first + 1);
    }

    private static bool Time(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
