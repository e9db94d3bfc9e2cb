using System.Text;
using System.Xml.Linq;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Tests.Calibration;

public sealed class CalibrationTests
{
    private const ulong Seed = 12;

    [Theory]
    [InlineData(DurationKind.Exponential)]
    [InlineData(DurationKind.Lognormal)]
    [InlineData(DurationKind.Gamma)]
    [InlineData(DurationKind.Weibull)]
    public void The_shape_that_made_the_data_is_chosen_its_parameters_found_and_not_rejected(DurationKind kind)
    {
        Duration made = kind switch
        {
            DurationKind.Exponential => Duration.Exponential(7),
            DurationKind.Lognormal => Duration.Lognormal(5, 0.9),
            DurationKind.Gamma => Duration.Gamma(4, 2),
            _ => Duration.Weibull(3, 4),
        };
        RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Handling, (long)kind);
        double[] drawn = [.. Enumerable.Range(0, 800).Select(_ => made.Next(ref stream))];
        DurationFit best = DurationFit.All(drawn, Seed)[0];
        Assert.Equal(kind, best.Duration.Kind);
        Assert.InRange(best.Duration.First / made.First, 0.85, 1.15);
        Assert.True(best.PValue > 0.02, $"rejected at {best.PValue}");
    }

    [Fact]
    public void A_wrong_shape_is_rejected()
    {
        RandomStream stream = RandomStream.Of(Seed, StreamPurpose.Handling);
        double[] drawn = [.. Enumerable.Range(0, 500).Select(_ => 1 + stream.NextUnit())];
        Assert.All(DurationFit.All(drawn, Seed), f => Assert.True(f.PValue <= 0.05, $"{f.Duration.Kind} is not rejected: {f.PValue}"));
    }

    [Fact]
    public void The_earth_movers_distance_is_the_shift_of_a_shifted_sample()
    {
        Assert.Equal(2.5, EarthMover.Distance([1.0, 2, 7], [3.5, 4.5, 9.5]), 12);
        Assert.Equal(0, EarthMover.Distance([1.0, 1, 2, 2], [1.0, 2]), 12);
        Assert.Equal(1, EarthMover.Distance([0.0], [-1.0, 1.0]), 12);
    }

    [Fact]
    public void Made_up_communes_are_reproduced_and_a_commune_left_out_is_predicted_within_its_interval()
    {
        // Slower where more comes: the truth that the fit must find.
        CommuneRecord[] made = [.. Enumerable.Range(0, 24).Select(i =>
        {
            RandomStream luck = RandomStream.Of(Seed, StreamPurpose.Resampling, i);
            int filed = (int)(300 * Math.Exp(0.08 * i));
            double late = 0.06 + (0.004 * i) + (0.02 * (luck.NextUnit() - 0.5));
            return new CommuneRecord($"{i}", $"Commune {i}", i % 4 == 0, filed * 25, filed, (int)(filed * (1 - late)), 2 + (0.1 * i) + (0.4 * luck.NextUnit()));
        })];
        CommuneRecord left = made[13];
        CommuneCalibration fit = CommuneCalibration.Fit([.. made.Where(m => m != left)], Seed, TestContext.Current.CancellationToken);
        Assert.True(fit.OnTimeError < 1, $"{fit.OnTimeError} points");
        Assert.True(fit.DaysError < 0.05, $"{fit.DaysError:P1}");
        CommunePrediction predicted = fit.Predict(left.Population, left.Filed, left.IsWard);
        Assert.True(predicted.OnTime.Contains(left.OnTimeShare), $"{left.OnTimeShare} outside {predicted.OnTime}");
        Assert.True(predicted.Days.Contains(left.DaysMean), $"{left.DaysMean} outside {predicted.Days}");
        Assert.InRange(predicted.OnTime.Estimate, predicted.OnTime.Low, predicted.OnTime.High);
    }

    [Theory]
    [InlineData("code,name\n", "1:1: column 'kind' is missing")]
    [InlineData("code,name,kind,population,dossiers_received,on_time,avg_processing_days\n1,A,ward,x,9,8,2\n", "2:10: population is 'x'")]
    [InlineData("code,name,kind,population,dossiers_received,on_time,avg_processing_days\n1,A,ward,5,9,10,2\n", "2:1: 10 on time of 9")]
    [InlineData("code,name,kind,population,dossiers_received,on_time,avg_processing_days\n1,A,ward,5\n", "2:1: 4 cells")]
    public void A_mistake_in_a_table_of_communes_has_its_place(string csv, string message)
    {
        FormatException mistake = Assert.Throws<FormatException>(() => CommuneRecord.Parse(csv));
        Assert.StartsWith(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_office_that_goes_on_as_it_did_is_predicted_well()
    {
        Backtest result = Backtest.Of(MadeUpLog(1_200, slowerAfter: int.MaxValue), 0.7, 60, Seed, null, null, TestContext.Current.CancellationToken);
        OfficeBacktest office = result.Offices[0];
        Assert.True(office.DaysError < 0.15, $"{office}");
        Assert.True(office.Trust is "good" or "fair", $"{office}");
        Assert.InRange(result.ArrivalCoverage, 0.8, 1);
        Assert.True(result.CircadianDistance < 0.5, $"{result.CircadianDistance} h");
        Assert.True(result.CycleDistance < 8, $"{result.CycleDistance} h");
    }

    [Fact]
    public void An_office_that_changes_after_the_cut_is_not_trusted()
    {
        Backtest result = Backtest.Of(MadeUpLog(1_200, slowerAfter: 840), 0.7, 40, Seed, null, null, TestContext.Current.CancellationToken);
        Assert.Equal("poor", result.Offices[0].Trust);
    }

    [Fact]
    public void The_report_says_office_by_office_how_far_to_trust_the_model_and_is_one_well_formed_file()
    {
        EventLog log = MadeUpLog(1_200, slowerAfter: 840);
        LogFit fit = LogFit.Of(log, Seed);
        Backtest backtest = Backtest.Of(log, 0.7, 20, Seed, null, null, TestContext.Current.CancellationToken);
        string html = Reports.CalibrationReport.Of("a <log>.csv", fit, backtest);
        Assert.Contains("Not to be relied on: office", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        XDocument page = XDocument.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        // Three charts, each for a screen and for a phone.
        Assert.Equal(6, page.Descendants("svg").Count());
        Assert.Contains("too short for a backtest", Reports.CalibrationReport.Of("a", fit, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Fitting_and_comparing_tell_how_far_they_are_and_end_when_asked_to()
    {
        EventLog log = MadeUpLog(1_200, slowerAfter: int.MaxValue);
        List<RunProgress> told = [];
        LogFit.Of(log, Seed, told.Add, TestContext.Current.CancellationToken);
        Assert.Equal(told[^1].Total, told[^1].Done);
        told.Clear();
        Backtest result = Backtest.Of(log, 0.7, 20, Seed, p => { lock (told) { told.Add(p); } }, new RunPace(2, () => { }), TestContext.Current.CancellationToken);
        // Twenty replications, three distances of the whole city, and every office.
        Assert.Equal(20 + 3 + result.Offices.Length, told.Count);
        Assert.Equal([.. Enumerable.Range(1, told.Count)], told.Select(p => p.Done).Order());
        Assert.All(told, p => Assert.Equal(told.Count, p.Total));
        Assert.Equal(Backtest.Of(log, 0.7, 20, Seed, null, null, TestContext.Current.CancellationToken).CycleDistance, result.CycleDistance);

        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => Backtest.Of(log, 0.7, 20, Seed, p => stop.Cancel(), null, stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => LogFit.Of(log, Seed, null, stop.Token));
    }

    [Fact]
    public void A_log_tells_its_routing_its_people_and_its_weeks()
    {
        LogFit fit = LogFit.Of(MadeUpLog(1_000, int.MaxValue), Seed);
        Assert.Contains(fit.Routing, r => r is { From: "receive", To: "decide", Share: 1 });
        Assert.Equal(2, fit.Offices[0].Staff, 0.2);
        Assert.Equal(1, fit.Offices[0].HandedOn);
        Assert.Equal(168, fit.HourOfWeek.Sum(), 6);
        // Nobody files on Sunday.
        Assert.True(fit.HourOfWeek.Skip(6 * 24).Max() < 0.05);
    }

    // Cases of two steps: received in office hours, decided some office hours later by somebody else.
    private static EventLog MadeUpLog(int cases, int slowerAfter)
    {
        RandomStream luck = RandomStream.Of(Seed, StreamPurpose.Cases);
        Grains.WorkCalendar hours = Grains.WorkCalendar.Usual;
        DateTimeOffset at = new(2026, 1, 5, 7, 30, 0, TimeSpan.FromHours(7));
        List<(string, LoggedEvent, string, DateTimeOffset?)> events = [];
        for (int i = 0; i < cases; i++)
        {
            at = hours.Add(at, TimeSpan.FromMinutes(1 + (45 * luck.NextExponential())));
            double need = 600 * Math.Exp(0.5 * NormalQuantile.Of(luck.NextUnit())) * (i >= slowerAfter ? 3 : 1);
            DateTimeOffset end = hours.Add(at, TimeSpan.FromMinutes(need));
            DateTimeOffset due = hours.AddDays(at, 3);
            events.Add(($"c{i}", new LoggedEvent("receive", at, "An", false), "office", due));
            events.Add(($"c{i}", new LoggedEvent("decide", end, "Bình", false), "office", due));
        }
        return EventLog.Of(events);
    }
}
