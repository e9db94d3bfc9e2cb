using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Journal;

public sealed class UpcastersTests
{
    // As if ratings had once been written in stars and under other names, twice.
    private static readonly Upcasters TwoSteps = new(
        new Upcasters.Step("OfficialStarred", "OfficialScored", json => Rename(json, "stars", "points")),
        new Upcasters.Step("OfficialScored", "OfficialRated", json => Rename(json, "points", "score")));

    [Fact]
    public void An_event_of_the_oldest_version_is_raised_through_every_step() => Assert.Equal(
        new OfficialEvent.OfficialRated(DateTimeOffset.UnixEpoch, TwinId.Case(7), 4),
        JournalJson.Read("OfficialStarred", """{"at":"1970-01-01T00:00:00+00:00","case":"case/000000000007","stars":4}"""u8, TwoSteps));

    [Fact]
    public void An_event_of_a_version_between_is_raised_through_the_rest() => Assert.Equal(
        new OfficialEvent.OfficialRated(DateTimeOffset.UnixEpoch, TwinId.Case(7), 5),
        JournalJson.Read("OfficialScored", """{"at":"1970-01-01T00:00:00+00:00","case":"case/000000000007","points":5}"""u8, TwoSteps));

    [Fact]
    public void An_event_of_today_is_read_as_it_is() => Assert.Equal(
        new OfficialEvent.OfficialRated(DateTimeOffset.UnixEpoch, TwinId.Case(7), 3),
        JournalJson.Read("OfficialRated", """{"at":"1970-01-01T00:00:00+00:00","case":"case/000000000007","score":3}"""u8, TwoSteps));

    [Fact]
    public void An_event_of_a_later_program_is_refused_by_its_name()
    {
        JsonException refused = Assert.Throws<JsonException>(() => JournalJson.Read("OfficialPraised", "{}"u8));

        Assert.Contains("OfficialPraised", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_in_a_circle_are_refused() => Assert.Throws<ArgumentException>(() => new Upcasters(
        new Upcasters.Step("A", "B", _ => { }), new Upcasters.Step("B", "A", _ => { })));

    private static void Rename(JsonObject json, string from, string to)
    {
        json[to] = json[from]!.DeepClone();
        json.Remove(from);
    }
}
