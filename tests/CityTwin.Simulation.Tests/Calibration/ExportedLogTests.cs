using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CityTwin.Silo.Exports;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Cli.Bench;
using CityTwin.Simulation.Cli.Drive;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Tests.Calibration;

/// <summary>From a city that was played, by way of the logs that it exports, to what a calibration says of it.</summary>
public sealed class ExportedLogTests : IDisposable
{
    private const string Map = "case=id,activity=what,time=at,resource=who,office=where,deadline=due,lifecycle=phase";
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-exported-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_form_of_an_exported_log_gives_one_fit_a_backtest_a_report_and_a_base_of_scenarios()
    {
        string journal = await PlayAsync();
        string xes = PathOf("hue.xes");
        string ocel = PathOf("hue.json");
        ProcessLogExport.Write(journal, xes, LogFormat.Xes, new LogScope());
        ProcessLogExport.Write(journal, ocel, LogFormat.Ocel, new LogScope());
        await File.WriteAllTextAsync(PathOf("hue.csv"), Csv(xes), TestContext.Current.CancellationToken);

        JsonElement first = await FitAsync(xes);
        Assert.True(first.GetProperty("offices").GetArrayLength() > 30);
        // Decided cases only, with beginnings and ends of work, and the deadline judged at the decision.
        Assert.Equal("handled", first.GetProperty("handling")[0].GetProperty("activity").GetString());
        Assert.DoesNotContain(first.GetProperty("routing").EnumerateArray(), r => r.GetProperty("from").GetString() == "CaseRated");
        Assert.All(first.GetProperty("offices").EnumerateArray(), o => Assert.InRange(o.GetProperty("onTime").GetDouble(), 0, 1));
        // Nobody works at night: hours are those of Huế, not those of the export.
        double[] hours = [.. first.GetProperty("hourOfWeek").EnumerateArray().Select(w => w.GetDouble())];
        Assert.True(hours[24 + 9] > hours[24 + 2], "more is filed at nine in the morning than at two in the night");
        foreach (JsonElement other in (JsonElement[])[await FitAsync(ocel), await FitAsync(PathOf("hue.csv"), "--map", Map)])
        {
            Assert.Equal(first.GetProperty("casesPerWeek").GetDouble(), other.GetProperty("casesPerWeek").GetDouble());
            Assert.Equal(first.GetProperty("handling").GetRawText(), other.GetProperty("handling").GetRawText());
            Assert.Equal(
                first.GetProperty("offices").EnumerateArray().Select(o => (o.GetProperty("cases").GetInt32(), o.GetProperty("daysMean").GetDouble())).Order(),
                other.GetProperty("offices").EnumerateArray().Select(o => (o.GetProperty("cases").GetInt32(), o.GetProperty("daysMean").GetDouble())).Order());
        }

        string report = PathOf("report.html");
        Assert.Equal(0, await RunAsync(CalibrateCommand.Create(), "--log", xes, "--html", report, "--save", PathOf("model.json")));
        string html = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.Contains("How far to trust", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        string answer = PathOf("backtest.json");
        Assert.Equal(0, await RunAsync(BacktestCommand.Create(), "--log", ocel, "--replications", "20", "--json", answer));
        using JsonDocument backtest = JsonDocument.Parse(await File.ReadAllTextAsync(answer, TestContext.Current.CancellationToken));
        Assert.InRange(backtest.RootElement.GetProperty("arrivalCoverage").GetDouble(), 0, 1);
        Assert.NotEmpty(backtest.RootElement.GetProperty("offices").EnumerateArray());
        FittedCity city = FittedCity.Read(await File.ReadAllTextAsync(PathOf("model.json"), TestContext.Current.CancellationToken));
        Assert.All(city.Offices, o => Assert.True(o.IsHandlingSeen, $"{o.Name}: the twin's log has beginnings"));
    }

    private async Task<string> PlayAsync()
    {
        string journal = PathOf("hue.db");
        Command drive = DriveCommand.Create();
        Assert.Equal(0, await RunAsync(drive, "--city", "hue", "--in-process", "--journal", journal, "--days", "14", "--rate", "0.5", "--tail-days", "0", "--json"));
        return journal;
    }

    private async Task<JsonElement> FitAsync(string log, params string[] more)
    {
        string json = PathOf(Path.GetRandomFileName());
        Assert.Equal(0, await RunAsync(CalibrateCommand.Create(), ["--log", log, "--json", json, .. more]));
        return JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static Task<int> RunAsync(Command command, params string[] arguments) =>
        command.Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

    private static string Csv(string xes)
    {
        using FileStream stream = File.OpenRead(xes);
        StringBuilder csv = new("id,what,at,who,where,due,phase\n");
        foreach (LoggedCase c in XesLog.Read(stream).Cases)
        {
            foreach (LoggedEvent e in c.Events)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{c.Id},{e.Activity},{e.At:O},{e.Resource},{c.Office},{c.Deadline:O},{(e.IsStart ? "start" : "complete")}\n");
            }
        }
        return csv.ToString();
    }
}
