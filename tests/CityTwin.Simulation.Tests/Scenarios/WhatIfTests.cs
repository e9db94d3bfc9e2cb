using System.Collections.Immutable;
using System.Xml.Linq;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Reports;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.Tests.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Tests.Scenarios;

public sealed class WhatIfTests
{
    private static readonly Timeline Base = Timeline.Of(Tiny.TwoLevels(1, 37), Tiny.Monday, 42, 14);

    private static WhatIfResult Run(ScenarioRun run, params (string, Timeline)[] variants) =>
        WhatIfRun.Of("a run <of> two & more", [("base", Base), .. variants], run, null, null, TestContext.Current.CancellationToken);

    private static (string, Timeline) More => ("one more", Base with { Phases = [new Phase(Tiny.Monday, Tiny.TwoLevels(2, 37))] });

    [Fact]
    public void The_same_city_beside_itself_differs_by_nothing()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 4 }, ("again", Base));
        for (int m = 0; m < Metric.All.Length; m++)
        {
            Interval difference = result.Difference(1, m);
            Assert.Equal((0, 0, 0), (difference.Estimate, difference.Low, difference.High));
        }
    }

    [Fact]
    public void More_officers_give_a_better_share_on_time_with_an_interval_without_zero()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 10 }, More);
        Assert.True(result.Difference(1, 0).Low > 0, $"{result.Difference(1, 0)}");
        Assert.True(result.PValues(0)[0] < 0.01);
    }

    [Fact]
    public void A_run_goes_on_until_the_difference_is_precise()
    {
        WhatIfResult rough = Run(new ScenarioRun { Replications = 4 }, More);
        double wanted = rough.Difference(1, 0).HalfWidth / 2;
        WhatIfResult fine = Run(new ScenarioRun { Replications = 4, Precision = wanted / 100, ReplicationMax = 60 }, More);
        Assert.True(fine.Variants[0].Replications.Length > 4);
        Assert.True(fine.Difference(1, 0).HalfWidth <= wanted || fine.Variants[0].Replications.Length == 60);
    }

    [Fact]
    public void A_run_that_starts_empty_finds_its_own_warm_up()
    {
        // The land procedure takes days: an empty city fills in its first weeks.
        Timeline empty = Base with { Days = 112, WarmUpDays = 0, FindsWarmUp = true };
        WhatIfResult result = WhatIfRun.Of("w", [("base", empty), ("again", empty)], new ScenarioRun { Replications = 3 }, null, null, TestContext.Current.CancellationToken);
        Assert.InRange(result.Base.WarmUpDays, 5, 56);
        Assert.Equal(0, result.Difference(1, 0).Estimate);
        Assert.True(ScenarioFile.Parse("name: a\nbase: {city: x, start: 2026-03-02, warm_up_days: auto}\n").Scenario!.Base.FindsWarmUp);
    }

    [Fact]
    public void Progress_reaches_its_end()
    {
        RunProgress last = default;
        WhatIfRun.Of("p", [("base", Base)], new ScenarioRun { Replications = 3 }, p => last = p.Done > last.Done ? p : last, null, TestContext.Current.CancellationToken);
        Assert.Equal((3, 3), (last.Done, last.Total));
    }

    [Fact]
    public void What_is_known_so_far_is_told_after_every_few_replications_and_is_what_a_shorter_run_shows()
    {
        List<WhatIfResult> told = [];
        WhatIfRun.Of("p", [("base", Base), More], new ScenarioRun { Replications = 10 }, p => { if (p.SoFar is { } known) { told.Add(known); } }, new RunPace(1, () => { }), TestContext.Current.CancellationToken);
        Assert.Equal([4, 8, 10], told.Select(t => t.Variants[0].Replications.Length));
        WhatIfResult shorter = Run(new ScenarioRun { Replications = 8 }, More);
        Assert.Equal(shorter.Difference(1, 0), told[1].Difference(1, 0));
        Assert.Equal(shorter.HalfWidth, told[1].HalfWidth);
    }

    [Fact]
    public void A_goal_of_precision_is_held_against_the_half_width_and_foretold_by_it()
    {
        ScenarioRun run = new() { Replications = 4, ReplicationMax = 60, Precision = Run(new ScenarioRun { Replications = 4 }, More).HalfWidth / 200 };
        int foretold = 0;
        WhatIfResult result = WhatIfRun.Of("p", [("base", Base), More], run, p => foretold = Math.Max(foretold, p.Total), null, TestContext.Current.CancellationToken);
        int needed = result.Variants[0].Replications.Length;
        Assert.InRange(needed, 5, 60);
        Assert.True(result.HalfWidth <= run.Precision * 100 || needed == 60, $"±{result.HalfWidth} points");
        // Half as wide: four times as many, as far as four replications can tell.
        Assert.InRange(foretold, 16 * 2, 60 * 2);
    }

    [Fact]
    public void Plans_are_ranked_by_how_often_each_is_the_best_of_replications_drawn_anew()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 10 }, ("same", Base), ("the same again", Base), More);
        ImmutableArray<PlanRank> ranks = PlanRank.Of(result);
        Assert.Equal(3, ranks[0].Variant);
        Assert.True(ranks[0].BestProbability > 0.95, $"{ranks[0]}");
        Assert.Equal(1, ranks.Sum(r => r.BestProbability), 9);
        // What is alike has the same chance.
        Assert.Equal(ranks[1].BestProbability, ranks[2].BestProbability, 9);
        Assert.Equal(ranks, PlanRank.Of(result));
        Assert.Empty(PlanRank.Of(Run(new ScenarioRun { Replications = 2 }, More)));
    }

    [Fact]
    public void A_cancelled_run_ends_at_once()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => WhatIfRun.Of("p", [("base", Base)], new ScenarioRun(), null, null, stop.Token));
    }

    [Fact]
    public void The_report_is_one_file_of_well_formed_charts_and_reaches_for_nothing_outside()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 4 }, More);
        result = result with
        {
            Sensitivities = Tornado.Of(Base, new ScenarioRun { Replications = 2 }, null, null, TestContext.Current.CancellationToken),
            Savings = [new Saving("land", 3, 100, 300)],
        };
        string html = HtmlReport.Of(result, "why <not>");
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.Contains("a run &lt;of&gt; two &amp; more", html, StringComparison.Ordinal);
        XDocument page = XDocument.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        // Seven charts, each for a screen and for a phone.
        Assert.Equal(14, page.Descendants("svg").Count());
        Assert.True(page.Descendants("polygon").Any());
    }

    [Fact]
    public void A_report_of_several_plans_names_the_best_with_its_certainty_and_corrects_for_their_number()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 10 }, ("same", Base), More);
        result = result with { Choice = PlanChoice.Of(result, 1, cancellation: TestContext.Current.CancellationToken) };
        Assert.Equal((2, true), (result.Choice.Variant, result.Choice.IsDecided));
        Assert.True(result.Choice.Replications.Sum() < 100);
        string html = HtmlReport.Of(result);
        Assert.Contains("The best plan at 95 %", html, StringComparison.Ordinal);
        Assert.Contains("Bonferroni", html, StringComparison.Ordinal);
        Assert.True(result.Difference(2, 0).HalfWidth > MeanInterval.OfDifference(result.Variants[0].Metric(0), result.Variants[2].Metric(0), 0.95).HalfWidth);
        XDocument.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
    }

    [Fact]
    public void A_quantile_of_the_replications_has_an_interval_that_few_replications_leave_open()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 12 });
        Interval median = result.Quantile(0, 3, 0.5);
        Assert.True(median.Low <= median.Estimate && median.Estimate <= median.High && double.IsFinite(median.High));
        Assert.Equal(double.PositiveInfinity, result.Quantile(0, 3, 0.99).High);
    }

    [Fact]
    public void Csv_has_a_line_for_each_variant_figure_and_replication_and_json_the_same_means()
    {
        WhatIfResult result = Run(new ScenarioRun { Replications = 3 }, More);
        string[] lines = ResultFiles.Csv(result).Trim().Split('\n');
        Assert.Equal(1 + (2 * Metric.All.Length * 3), lines.Length);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(ResultFiles.ToJson(result));
        double mean = json.RootElement.GetProperty("variants")[1].GetProperty("figures")[0].GetProperty("value").GetProperty("estimate").GetDouble();
        Assert.Equal(result.Of(1, 0).Estimate, mean, 6);
    }

    [Theory]
    [InlineData(0, 47, 7, "0 5 10 15 20 25 30 35 40 45")]
    [InlineData(87.013, 87.279, 5, "87.05 87.1 87.15 87.2 87.25")]
    [InlineData(-3, 3, 7, "-3 -2 -1 0 1 2 3")]
    [InlineData(0, 2600, 5, "0 500 1000 1500 2000 2500")]
    public void Axes_have_few_round_numbers(double low, double high, int about, string ticks) => Assert.Equal(
        ticks, string.Join(' ', Reports.SvgFrame.Ticks(low, high, about).Select(t => t.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
