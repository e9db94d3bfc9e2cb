using CityTwin.Ml.Forecasts;

namespace CityTwin.Ml.Tests.Forecasts;

public sealed class CrossedHierarchyTests
{
    private const int Seed = 41;
    private static readonly ForecastOptions Options = new() { Horizon = 14, BoostedTrees = false };

    [Fact]
    public void Services_of_offices_add_up_to_the_office_and_to_the_service()
    {
        Random random = new(Seed);
        CrossedPart[] parts = [.. from o in Enumerable.Range(0, 4) from s in Enumerable.Range(0, 5) where (o + s) % 4 != 3 select new CrossedPart(o, s, Part(o, s, random, 120))];
        Series[] services = [.. Enumerable.Range(0, 5).Select(s => Sum($"service {s}", parts.Where(p => p.Column == s)))];
        ReconciledForecast city = Hierarchy.Run("city", [.. Enumerable.Range(0, 4).Select(o => Sum($"office {o}", parts.Where(p => p.Row == o)))], Options, TestContext.Current.CancellationToken);
        CrossedForecast crossed = CrossedHierarchy.Run(city.Parts, services, parts, Options, TestContext.Current.CancellationToken);
        for (int h = 0; h < Options.Horizon; h++)
        {
            for (int o = 0; o < 4; o++)
            {
                Assert.Equal(city.Parts[o].Point[h], Of(crossed, parts, p => p.Row == o, h), 1e-6);
            }
            for (int s = 0; s < 5; s++)
            {
                Assert.Equal(crossed.Columns[s].Point[h], Of(crossed, parts, p => p.Column == s, h), 1e-6);
            }
            Assert.Equal(city.Total.Point[h], crossed.Columns.Sum(c => c.Point[h]), 1e-6);
            Assert.All(crossed.Parts, p => Assert.True(p.Point[h] >= 0 && p.Intervals[2].Low[h] <= p.Point[h] && p.Point[h] <= p.Intervals[2].High[h]));
        }
    }

    [Fact]
    public void A_service_of_one_office_alone_yields_to_its_office()
    {
        Random random = new(Seed);
        Series only = Part(0, 0, random, 100);
        Forecast office = new("office", "m", [.. Enumerable.Repeat(3.0, 14)], [], 1, 1);
        CrossedForecast crossed = CrossedHierarchy.Run([office], [only], [new(0, 0, only)], Options, TestContext.Current.CancellationToken);
        Assert.All(crossed.Columns[0].Point.Concat(crossed.Parts[0].Point), p => Assert.Equal(3, p, 1e-6));
    }

    [Fact]
    public void A_part_of_no_row_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => CrossedHierarchy.Run([], [], [new(0, 0, Part(0, 0, new Random(Seed), 50))], Options, TestContext.Current.CancellationToken));

    [Fact]
    public void What_desks_do_not_account_for_may_be_below_nought()
    {
        Random random = new(Seed);
        Series desk = Part(1, 1, random, 100) with { Name = "desk" };
        Series rest = desk with { Name = "elsewhere", Values = [.. desk.Values.Select(v => -v / 2)], IsSigned = true };
        Forecast office = new("office", "m", [.. Enumerable.Repeat(6.0, 14)], [], 1, 1);
        IReadOnlyList<Forecast> agreed = Hierarchy.Under(office, [desk, rest], Options, TestContext.Current.CancellationToken);
        for (int h = 0; h < 14; h++)
        {
            Assert.Equal(6, agreed[0].Point[h] + agreed[1].Point[h], 1e-6);
        }
        Assert.Contains(agreed[1].Point, p => p < 0);
    }

    private static double Of(CrossedForecast crossed, CrossedPart[] parts, Func<CrossedPart, bool> which, int h) =>
        parts.Select((p, i) => (Part: p, Forecast: crossed.Parts[i])).Where(p => which(p.Part)).Sum(p => p.Forecast.Point[h]);

    private static Series Part(int office, int service, Random random, int count) => new(
        $"office {office} service {service}",
        [.. Enumerable.Range(0, count).Select(d => Math.Round((d % 7 >= 5 ? 1 : 5 + (2 * office) + (service * service)) * (0.5 + random.NextDouble())))], [7], []);

    private static Series Sum(string name, IEnumerable<CrossedPart> parts) => parts.First().Series with
    {
        Name = name,
        Values = [.. Enumerable.Range(0, parts.First().Series.Values.Count).Select(t => parts.Sum(p => p.Series.Values[t]))],
    };
}
