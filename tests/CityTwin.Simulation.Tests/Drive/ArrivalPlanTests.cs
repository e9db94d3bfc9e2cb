using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Tests.Drive;

public class ArrivalPlanTests
{
    private static readonly DateTimeOffset Start = new(2025, 7, 1, 7, 0, 0, TimeSpan.FromHours(7));
    private static readonly CitySheet Hcmc = new(BundledCities.Read("hcmc"));
    private static readonly DriveVolume Volume = DriveVolume.Of(Hcmc.City, 14, 1);
    private static readonly Arrival[] Fortnight = new ArrivalPlan(Hcmc, 1, new Behaviour()).Between(Start, Start.AddDays(14), Volume);

    [Fact]
    public void The_first_fortnight_of_HCMC_has_the_published_numbers()
    {
        Assert.Equal(115_000, Fortnight.Count(a => Hcmc.Services[a.Service].Kind == CaseKind.Dossier));
        Assert.Equal(71_000, Fortnight.Count(a => Hcmc.Services[a.Service] is { Kind: CaseKind.Dossier, Level: Level.Commune }));
        Assert.Equal(4_200, Fortnight.Count(a => a.Channel == Channel.Hotline));
        Assert.Equal(Volume.Cases, Fortnight.Length);
    }

    [Theory]
    [InlineData(0.5, 57_500, 2_100)]
    [InlineData(2, 230_000, 8_400)]
    public void A_rate_multiplies_the_volume(double rate, int dossiers, int hotline)
    {
        DriveVolume volume = DriveVolume.Of(Hcmc.City, 14, rate);

        Assert.Equal(dossiers, volume.Dossiers);
        Assert.Equal(hotline, volume.HotlineReports);
    }

    [Fact]
    public void Hue_has_its_published_dossiers_a_day()
    {
        DriveVolume volume = DriveVolume.Of(BundledCities.Read("hue"), 283, 1);

        Assert.Equal(151_684, volume.Dossiers);
    }

    [Fact]
    public void Everybody_comes_within_the_period_and_in_order()
    {
        Assert.All(Fortnight, a => Assert.InRange(a.AtTicks, Start.UtcTicks, Start.AddDays(14).UtcTicks - 1));
        Assert.Equal(Fortnight.OrderBy(a => a.AtTicks).Select(a => a.AtTicks), Fortnight.Select(a => a.AtTicks));
        Assert.Equal(Fortnight.Length, Fortnight.Select(a => a.Key).Distinct().Count());
    }

    [Fact]
    public void Counters_receive_in_office_hours_only()
    {
        WorkCalendar calendar = Hcmc.City.Rules.Calendar;

        Assert.All(Fortnight.Where(a => a.Channel == Channel.Counter), a => Assert.True(calendar.IsOpen(new DateTimeOffset(a.AtTicks, TimeSpan.Zero))));
        Assert.Contains(Fortnight, a => a.Channel != Channel.Counter && !calendar.IsOpen(new DateTimeOffset(a.AtTicks, TimeSpan.Zero)));
    }

    [Fact]
    public void Services_come_in_their_shares()
    {
        Arrival[] atCommunes = [.. Fortnight.Where(a => Hcmc.Services[a.Service] is { Kind: CaseKind.Dossier, Level: Level.Commune })];
        double total = Hcmc.Services.Where(s => s is { Kind: CaseKind.Dossier, Level: Level.Commune }).Sum(s => s.Share);

        for (int i = 0; i < Hcmc.Services.Length; i++)
        {
            ServiceDefinition service = Hcmc.Services[i];
            if (service is { Kind: CaseKind.Dossier, Level: Level.Commune })
            {
                int count = atCommunes.Count(a => a.Service == i);
                AssertShare(service.Share / total, count, atCommunes.Length, service.Code);
            }
        }
    }

    [Fact]
    public void Online_shares_are_those_of_the_catalogue()
    {
        foreach (IGrouping<short, Arrival> ofService in Fortnight.Where(a => Hcmc.Services[a.Service].Kind == CaseKind.Dossier).GroupBy(a => a.Service))
        {
            ServiceDefinition service = Hcmc.Services[ofService.Key];
            AssertShare(service.OnlineShare, ofService.Count(a => a.Channel != Channel.Counter), ofService.Count(), service.Code);
        }
    }

    [Fact]
    public void Communes_come_by_population_to_the_power_of_0_92()
    {
        double total = Hcmc.Communes.Sum(c => Math.Pow(c.Population, 0.92));

        for (int i = 0; i < Hcmc.Communes.Length; i++)
        {
            AssertShare(
                Math.Pow(Hcmc.Communes[i].Population, 0.92) / total, Fortnight.Count(a => a.Commune == i), Fortnight.Length, Hcmc.Communes[i].NameVi);
        }
    }

    [Fact]
    public void Another_seed_brings_other_people_at_other_times()
    {
        Arrival[] other = new ArrivalPlan(Hcmc, 2, new Behaviour()).Between(Start, Start.AddDays(14), Volume);

        Assert.Equal(Fortnight.Length, other.Length);
        Assert.NotEqual(Fortnight, other);
    }

    [Fact]
    public void A_weekend_without_counters_brings_everybody_online()
    {
        DateTimeOffset saturday = new(2025, 7, 5, 0, 0, 0, TimeSpan.FromHours(7));
        Arrival[] weekend = new ArrivalPlan(Hcmc, 1, new Behaviour()).Between(saturday, saturday.AddDays(2), DriveVolume.Of(Hcmc.City, 2, 0.01));

        Assert.NotEmpty(weekend);
        Assert.DoesNotContain(weekend, a => a.Channel == Channel.Counter);
    }

    // Five standard deviations: with some 250 shares tested, one failure in ten thousand seeds.
    private static void AssertShare(double share, int count, int of, string what)
    {
        double expected = share * of;
        double spread = 5 * Math.Sqrt(expected * (1 - share)) + 1;

        Assert.True(Math.Abs(count - expected) <= spread, $"{what}: {count} of {of}, expected {expected:F1} ± {spread:F1}");
    }
}
