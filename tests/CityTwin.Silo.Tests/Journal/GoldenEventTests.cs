using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Journal;

/// <summary>
/// Pins how every event is written, and that everything ever written can be read. A new event's file is written by running
/// these tests once with CITYTWIN_GOLDEN=write; a file that exists is never changed: docs/journal.md says what to do instead.
/// </summary>
public sealed class GoldenEventTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Events => [.. JournalJson.EventTypes.Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_written_as_it_always_was(string name)
    {
        string written = Pretty(Write(SampleValues.Event(TypeOf(name))));
        string file = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("CITYTWIN_GOLDEN") == "write")
        {
            File.WriteAllText(file, written);
        }

        Assert.True(File.Exists(file), $"no golden file for {name}: run once with CITYTWIN_GOLDEN=write");
        Assert.Equal(File.ReadAllText(file), written);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_that_was_written_is_read_back_whole(string name)
    {
        TwinEvent happened = SampleValues.Event(TypeOf(name));
        byte[] written = Write(happened);

        TwinEvent read = (TwinEvent)JournalJson.Read(name, written);

        Assert.IsType(happened.GetType(), read);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(Write(read)));
    }

    [Fact]
    public void Every_version_of_an_event_that_was_ever_released_can_be_read()
    {
        string[] files = Directory.GetFiles(Folder(), "*.json");

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.IsType<TwinEvent>(JournalJson.Read(Path.GetFileNameWithoutExtension(f), File.ReadAllBytes(f)), exactMatch: false));
    }

    private static Type TypeOf(string name) => JournalJson.EventTypes.Single(t => t.Name == name).Type;

    private static byte[] Write(TwinEvent happened)
    {
        using MemoryStream written = new();
        using (Utf8JsonWriter json = new(written, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JournalJson.Write(json, happened);
        }
        return written.ToArray();
    }

    private static string Pretty(byte[] json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Indented) + "\n";

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden"));
}
