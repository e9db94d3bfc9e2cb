using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Cli.Bench;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Tests.Calibration;

public sealed class FittedCityTests : IDisposable
{
    private const ulong Seed = 11;
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-fit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_city_fitted_to_a_log_has_its_arrivals_people_days_and_share_on_time()
    {
        FittedCity city = CityOfLog.Fit(Log(withStarts: true), "made up", seed: Seed, cancellation: TestContext.Current.CancellationToken);
        FittedOffice office = Assert.Single(city.Offices);
        Assert.True(office.IsHandlingSeen);
        Assert.Equal(40, office.Handling.Duration.Mean, 4.0);
        Assert.Equal(3, office.Staff);
        Assert.Equal(office.Days, office.DaysSimulated, 0.1 * office.Days);
        Assert.Equal(office.OnTime!.Value, office.OnTimeSimulated, 0.1);
        FittedCity again = FittedCity.Read(city.Write());
        Assert.Equal(city.Offices.AsEnumerable(), again.Offices);
        Assert.Equal(city.HourOfWeek.AsEnumerable(), again.HourOfWeek);
        CityModel model = FittedModel.Of(again);
        CityOutcome year = CityRun.Of(Timeline.Of(model, new DateOnly(2026, 1, 5), 364), Seed, 0, null, TestContext.Current.CancellationToken);
        Assert.Equal(office.CasesPerWeek * 52, year.Cases, 0.08 * year.Cases);
    }

    [Fact]
    public void Without_beginnings_the_handling_is_assumed_and_said_to_be()
    {
        FittedOffice office = CityOfLog.Fit(Log(withStarts: false), "made up", 0.5, Seed, TestContext.Current.CancellationToken).Offices[0];
        Assert.False(office.IsHandlingSeen);
        Assert.Equal(office.Days, office.DaysSimulated, 0.15 * office.Days);
    }

    [Theory]
    [InlineData("{", "1:2")]
    [InlineData("{}", "not as calibrate --save writes it")]
    public void A_broken_file_is_refused_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => FittedCity.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task From_a_log_by_way_of_a_fitted_city_to_the_answer_of_a_scenario()
    {
        string log = Path.Combine(_folder, "log.csv");
        string model = Path.Combine(_folder, "model.json");
        string scenario = Path.Combine(_folder, "fewer.yaml");
        string answer = Path.Combine(_folder, "answer.json");
        await File.WriteAllTextAsync(log, Csv(Log(withStarts: false)), TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync(CalibrateCommand.Create(), "--log", log, "--map", "case=id,activity=step,time=at,resource=who,office=dept,deadline=due", "--save", model));
        await File.WriteAllTextAsync(
            scenario,
            $"name: One clerk fewer\nbase: {{city: 'fit:{model}', start: 2026-03-02, days: 56, warm_up_days: 28}}\nrun: {{replications: 8}}\nchanges:\n  - officers: {{offices: Permits, add: -2}}\n",
            TestContext.Current.CancellationToken);
        Assert.Equal(0, await RunAsync(WhatIfCommand.Create(), scenario, "--json", answer));
        using JsonDocument result = JsonDocument.Parse(await File.ReadAllTextAsync(answer, TestContext.Current.CancellationToken));
        JsonElement changed = result.RootElement.GetProperty("variants")[1].GetProperty("figures")[0].GetProperty("difference");
        Assert.True(changed.GetProperty("high").GetDouble() < 0, $"with a clerk of three left, less is on time: {changed}");
    }

    [Fact]
    public async Task A_fit_that_is_not_there_is_exit_code_2()
    {
        string scenario = Path.Combine(_folder, "none.yaml");
        await File.WriteAllTextAsync(scenario, "name: a\nbase: {city: 'fit:none.json', start: 2026-03-02}\n", TestContext.Current.CancellationToken);
        Assert.Equal(2, await RunAsync(WhatIfCommand.Create(), scenario));
    }

    private static Task<int> RunAsync(Command command, params string[] arguments) =>
        command.Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

    // Three clerks; forty minutes of work, then days in which nobody handles the case.
    private static EventLog Log(bool withStarts)
    {
        RandomStream luck = RandomStream.Of(Seed, StreamPurpose.Cases);
        Grains.WorkCalendar hours = new(TimeSpan.FromHours(7), Grains.OfficeWeek.MondayToFriday(new Grains.OfficeHours(new TimeOnly(8, 0), new TimeOnly(16, 0))), []);
        DateTimeOffset at = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));
        List<(string, LoggedEvent, string, DateTimeOffset?)> events = [];
        for (int i = 0; i < 1_500; i++)
        {
            at = hours.Add(at, TimeSpan.FromMinutes(0.5 + (22 * luck.NextExponential())));
            DateTimeOffset started = hours.Add(at, TimeSpan.FromMinutes(5));
            DateTimeOffset handled = hours.Add(started, TimeSpan.FromMinutes(40 * Math.Exp((0.3 * NormalQuantile.Of(luck.NextUnit())) - 0.045)));
            DateTimeOffset end = hours.AddDays(handled, (decimal)(2 * Math.Exp(0.5 * NormalQuantile.Of(luck.NextUnit()))));
            DateTimeOffset due = hours.AddDays(at, 4);
            string who = $"clerk {i % 3}";
            events.Add(($"c{i}", new LoggedEvent("receive", at, who, false), "Permits", due));
            if (withStarts)
            {
                events.Add(($"c{i}", new LoggedEvent("check", started, who, true), "Permits", due));
            }
            events.Add(($"c{i}", new LoggedEvent("check", handled, who, false), "Permits", due));
            events.Add(($"c{i}", new LoggedEvent("decide", end, who, false), "Permits", due));
        }
        return EventLog.Of(events);
    }

    private static string Csv(EventLog log)
    {
        StringBuilder csv = new("id,step,at,who,dept,due\n");
        foreach (LoggedCase c in log.Cases)
        {
            foreach (LoggedEvent e in c.Events)
            {
                csv.Append(CultureInfo.InvariantCulture, $"{c.Id},{e.Activity},{e.At:yyyy-MM-dd'T'HH:mm:sszzz},{e.Resource},{c.Office},{c.Deadline:yyyy-MM-dd'T'HH:mm:sszzz}\n");
            }
        }
        return csv.ToString();
    }
}
