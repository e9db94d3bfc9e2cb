using System.Text;

namespace CityTwin.Grains.Tests.Cities;

public class CityFolderFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Scraps =
        ["", ",", "\"", "\n", "\r", "\r\n", "\0", " ", "-1", "9999999999999999999999999999999", "1e9", "NaN", "ward", "city", "closed", "24:00", "\uD800", "😀", "\uFEFF"];

    [Fact]
    public void Mutated_files_never_throw_and_give_a_city_or_mistakes()
    {
        int seed = Environment.GetEnvironmentVariable("CITYTWIN_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"seed {seed}: set CITYTWIN_SEED to repeat");
        var random = new Random(seed);
        int whole = 0;
        for (int round = 0; round < 6000; round++)
        {
            Dictionary<string, string> files = SmallCity.Files();
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                string file = CityFolder.FileNames[random.Next(CityFolder.FileNames.Length)];
                files[file] = Mutated(files[file], random);
            }
            CityFolderReading reading = CityFolder.Parse("town", files);
            Assert.Equal(reading.Definition is null, reading.Mistakes.Count > 0);
            Assert.All(reading.Mistakes, m => Assert.True(m.Line >= 1 && m.Column >= 1 && m.Expected.Length > 0, m.ToString()));
            whole += reading.Definition is null ? 0 : 1;
        }
        output.WriteLine($"{whole} of 6000 were cities all the same");
        Assert.InRange(whole, 1, 5999);
    }

    private static string Mutated(string text, Random random)
    {
        var changed = new StringBuilder(text);
        int at = random.Next(text.Length + 1);
        int length = Math.Min(random.Next(8), text.Length - at);
        return random.Next(5) switch
        {
            0 => changed.Remove(at, length).ToString(),
            1 => changed.Insert(at, Scraps[random.Next(Scraps.Length)]).ToString(),
            2 => changed.Remove(at, length).Insert(at, (char)random.Next(0x20, 0x2FF)).ToString(),
            3 => changed.Insert(at, text.AsSpan(at, length)).ToString(),
            _ => SwapLines(text, random),
        };
    }

    private static string SwapLines(string text, Random random)
    {
        string[] lines = text.Split('\n');
        (int a, int b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = random.Next(3) == 0 ? (lines[a], lines[a]) : (lines[b], lines[a]);
        return string.Join('\n', lines);
    }
}
