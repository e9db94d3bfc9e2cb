using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Exports;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Silo.Tests.Exports;

public sealed class ProcessLogTests(ITestOutputHelper output)
{
    private static readonly LogFormat[] Formats = Enum.GetValues<LogFormat>();

    [Fact]
    public async Task A_log_says_what_the_journal_says()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"CITYTWIN_SEED={seed}");
        await using LivedCity city = await LivedCity.LiveAsync(seed);
        List<RecordedEvent> events = await city.EventsAsync();
        TwinId commune = CityUnderTest.Hue.Offices[1].Profile.Id;
        LogScope[] scopes =
        [
            new(), new() { From = city.SecondDay }, new() { To = city.SecondDay }, new() { From = city.SecondDay, To = city.SecondDay.AddDays(1) },
            new() { Services = FrozenSet.Create("noise") }, new() { Offices = FrozenSet.Create(commune) }, new() { Kind = CaseKind.Dossier },
            new() { From = city.SecondDay, Offices = FrozenSet.Create(commune), Services = FrozenSet.Create("noise", "security") },
        ];
        foreach (LogScope scope in scopes)
        {
            Dictionary<(string, string), int> expected = Expected(events, scope);
            foreach (LogFormat format in Formats)
            {
                string file = city.File($"log.{format}");
                LogTotals totals = ProcessLogExport.Write(city.Journal, file, format, scope);
                Assert.Equal(expected.OrderBy(e => e.Key), ReadBack.Counts(file, format).OrderBy(e => e.Key));
                Assert.Equal((expected.Values.Sum(), expected.Keys.Select(k => k.Item1).Distinct().Count()), ((int)totals.Events, (int)totals.Cases));
            }
        }
        Assert.True(Expected(events, scopes[5]).Count is > 0 && Expected(events, scopes[5]).Count < Expected(events, scopes[0]).Count);
    }

    [Fact]
    public async Task Offices_desks_and_officials_are_objects_with_names()
    {
        await using LivedCity city = await LivedCity.LiveAsync(7);
        string file = city.File("log.json");
        ProcessLogExport.Write(city.Journal, file, LogFormat.Ocel, new LogScope());
        JsonElement log = ReadBack.Json(file);
        Dictionary<string, string> types = log.GetProperty("objects").EnumerateArray().ToDictionary(o => o.GetProperty("id").GetString()!, o => o.GetProperty("type").GetString()!);
        Assert.Equal(["case", "desk", "office", "official"], types.Values.Distinct().Order(StringComparer.Ordinal));
        RecordedEvent[] started = [.. (await city.EventsAsync()).Where(e => e.Event is CaseEvent.WorkStarted)];
        Assert.NotEmpty(started);
        Dictionary<string, JsonElement> byId = log.GetProperty("events").EnumerateArray().ToDictionary(e => e.GetProperty("id").GetString()!);
        foreach (RecordedEvent recorded in started)
        {
            var happened = (CaseEvent.WorkStarted)recorded.Event;
            JsonElement e = byId[$"e{recorded.Position}"];
            string[] related = [.. e.GetProperty("relationships").EnumerateArray().Select(r => r.GetProperty("objectId").GetString()!)];
            Assert.Contains(happened.Official.ToString(), related);
            Assert.Contains(happened.Desk.ToString(), related);
            Assert.Contains(related, r => types[r] == "office");
            Assert.Equal(happened.At, e.GetProperty("time").GetDateTimeOffset());
        }
        JsonElement office = log.GetProperty("objects").EnumerateArray().First(o => o.GetProperty("id").GetString() == CityUnderTest.Hue.Offices[0].Profile.Id.ToString());
        Assert.Equal(CityUnderTest.Hue.Offices[0].Profile.NameVi, office.GetProperty("attributes")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Json_keeps_to_the_rules_of_the_standards_schema()
    {
        await using LivedCity city = await LivedCity.LiveAsync(8);
        string file = city.File("log.json");
        ProcessLogExport.Write(city.Journal, file, LogFormat.Ocel, new LogScope());
        JsonElement log = ReadBack.Json(file);
        var declared = new Dictionary<string, Dictionary<string, string>>();
        foreach (JsonElement type in log.GetProperty("eventTypes").EnumerateArray().Concat(log.GetProperty("objectTypes").EnumerateArray()))
        {
            declared.Add(type.GetProperty("name").GetString()!, type.GetProperty("attributes").EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!, a => a.GetProperty("type").GetString()!));
        }
        Assert.All(declared.Values.SelectMany(d => d.Values), t => Assert.Contains(t, (string[])["string", "time", "integer", "float", "boolean"]));
        HashSet<string> objects = [.. log.GetProperty("objects").EnumerateArray().Select(o => o.GetProperty("id").GetString()!)];
        Assert.Equal(log.GetProperty("objects").GetArrayLength(), objects.Count);
        HashSet<string> events = [];
        foreach (JsonElement item in log.GetProperty("events").EnumerateArray().Concat(log.GetProperty("objects").EnumerateArray()))
        {
            bool isEvent = item.TryGetProperty("time", out JsonElement time);
            Assert.True(!isEvent || (events.Add(item.GetProperty("id").GetString()!) && time.GetDateTimeOffset().Year >= 2026));
            Dictionary<string, string> attributes = declared[item.GetProperty("type").GetString()!];
            foreach (JsonElement attribute in item.GetProperty("attributes").EnumerateArray())
            {
                AssertIs(attributes[attribute.GetProperty("name").GetString()!], attribute.GetProperty("value").GetString()!);
                Assert.Equal(!isEvent, attribute.TryGetProperty("time", out _));
            }
            foreach (JsonElement relation in item.TryGetProperty("relationships", out JsonElement list) ? list.EnumerateArray() : [])
            {
                Assert.Contains(relation.GetProperty("objectId").GetString()!, objects);
                Assert.NotEqual("", relation.GetProperty("qualifier").GetString());
            }
        }
    }

    [Fact]
    public async Task The_database_keeps_its_references_and_its_history_of_deadlines()
    {
        await using LivedCity city = await LivedCity.LiveAsync(9);
        string file = city.File("log.sqlite");
        ProcessLogExport.Write(city.Journal, file, LogFormat.OcelSqlite, new LogScope());
        Assert.Empty(ReadBack.Query(file, "PRAGMA foreign_key_check"));
        Assert.Equal("ok", ReadBack.Query(file, "PRAGMA integrity_check")[0][0]);
        int answered = (await city.EventsAsync()).Count(e => e.Event is CaseEvent.CitizenAnswered or CaseEvent.CaseReopened);
        Assert.Equal((long)answered, ReadBack.Query(file, "SELECT count(*) FROM object_case WHERE ocel_changed_field = 'due_at'")[0][0]);
        Assert.All(ReadBack.Query(file, "SELECT typeof(position) FROM event_CaseFiled"), r => Assert.Equal("integer", r[0]));
    }

    [Fact]
    public async Task No_text_of_a_person_is_in_a_log()
    {
        await using LivedCity city = await LivedCity.LiveAsync(10);
        foreach (LogFormat format in Formats)
        {
            string file = city.File($"log.{format}");
            ProcessLogExport.Write(city.Journal, file, format, new LogScope());
            string text = System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.All((string[])["Văn bản riêng", "enc1.", "citizen/", "Ở đâu"], t => Assert.DoesNotContain(t, text, StringComparison.Ordinal));
        }
    }

    internal static Dictionary<(string, string), int> Expected(List<RecordedEvent> events, LogScope scope)
    {
        Dictionary<TwinId, (CaseState State, bool Fits)> cases = [];
        List<(TwinId Case, string Activity)> found = [];
        foreach (RecordedEvent recorded in events.Where(e => e.Event is CaseEvent))
        {
            bool isIn = recorded.At >= (scope.From ?? DateTimeOffset.MinValue) && recorded.At < (scope.To ?? DateTimeOffset.MaxValue);
            (CaseState state, bool fits) = cases.GetValueOrDefault(recorded.Twin, (CaseState.Absent, false));
            bool wasThere = !state.Office.IsNone && (scope.Offices?.Contains(state.Office) ?? true);
            state = CaseDecider.Evolve(state, (CaseEvent)recorded.Event);
            bool isThere = scope.Offices?.Contains(state.Office) ?? true;
            fits |= isIn && (wasThere || isThere) && (scope.Services?.Contains(state.Service) ?? true) && (scope.Kind ?? state.Kind) == state.Kind;
            cases[recorded.Twin] = (state, fits);
            if (isIn)
            {
                found.Add((recorded.Twin, JournalJson.NameOf(recorded.Event.GetType())));
            }
        }
        return found.Where(f => cases[f.Case].Fits).CountBy(f => (f.Case.ToString(), f.Activity)).ToDictionary(f => f.Key, f => f.Value);
    }

    private static void AssertIs(string type, string value) => Assert.True(type switch
    {
        "integer" => long.TryParse(value, CultureInfo.InvariantCulture, out _),
        "float" => double.TryParse(value, CultureInfo.InvariantCulture, out _),
        "boolean" => value is "true" or "false",
        "time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
        _ => true,
    }, $"{value} is no {type}");
}
