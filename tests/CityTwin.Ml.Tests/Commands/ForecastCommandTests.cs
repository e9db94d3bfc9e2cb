using CityTwin.Ml.Commands;

namespace CityTwin.Ml.Tests.Commands;

public sealed class ForecastCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Daily_values_are_forecast_into_a_file_or_as_tables()
    {
        string days = Written(["date,commune A,commune B", .. Days(60).Select((d, i) => $"{d},{(i % 7 >= 5 ? 2 : 20)},{i % 3}")]);
        string made = Path.Combine(folder, "made.csv");
        Assert.Equal(0, MlCommand.Run(["forecast", days, "-n", "10", "-o", made]));
        string[] lines = File.ReadAllLines(made);
        Assert.Equal("series,date,expected,low50,high50,low80,high80,low95,high95", lines[0]);
        Assert.Equal(1 + (2 * 10), lines.Length);
        Assert.StartsWith("commune A,2026-05-02,", lines[1], StringComparison.Ordinal);
        Assert.Equal(0, MlCommand.Run(["forecast", days, "-s", "commune B"]));
    }

    [Theory]
    [InlineData("day,a", "2026-03-03,1", "line 1: the head must be")]
    [InlineData("date", "2026-03-03", "line 1: the head must be")]
    [InlineData("date,a,a", "2026-03-03,1,1", "line 1: names must differ")]
    [InlineData("date,a", "2026-03-03,1,2", "line 2: 3 values where the head has 2")]
    [InlineData("date,a", "3/3/2026,1", "line 2: '3/3/2026' is no day")]
    [InlineData("date,a", "2026-03-03,-1", "line 2: '-1' of a is no number from 0 on")]
    [InlineData("date,a", "2026-03-03,NaN", "line 2: 'NaN' of a is no number from 0 on")]
    [InlineData("date,a", "2026-03-03,", "line 2: '' of a is no number from 0 on")]
    [InlineData("date,a", "2026-03-03,1\n2026-03-05,1", "line 3: 2026-03-05 where 2026-03-04 was due")]
    [InlineData("date,a", "2026-03-03,1\n2026-03-04,1", "2 days; at least 8 are needed")]
    public void What_is_off_is_told_with_its_line(string head, string lines, string told)
    {
        string path = Written([head, .. lines.Split('\n')]);
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => DailySeriesFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Equal(1, MlCommand.Run(["forecast", path]));
    }

    [Fact]
    public void Wrong_wishes_are_refused()
    {
        string days = Written(["date,a", .. Days(20).Select((d, i) => $"{d},{i}")]);
        Assert.Equal(1, MlCommand.Run(["forecast", days, "-n", "0"]));
        Assert.Equal(1, MlCommand.Run(["forecast", days, "-s", "b"]));
        Assert.Equal(1, MlCommand.Run(["forecast", days, "--shares"]));
        Assert.Equal(1, MlCommand.Run(["forecast", Path.Combine(folder, "nowhere.csv")]));
        Assert.Equal(2, MlCommand.Run(["forecast", days, "-n", "many"]));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<string> Days(int count) => Enumerable.Range(0, count).Select(i => new DateOnly(2026, 3, 3).AddDays(i).ToString("yyyy-MM-dd", null));

    private string Written(string[] lines)
    {
        string path = Path.Combine(folder, "days.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
