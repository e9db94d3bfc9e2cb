using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.Agreement;

/// <summary>Huế with a rival desk in every office, and traced cases of it with escalations and returns.</summary>
internal sealed class TracedHue
{
    public const ulong Seed = 46;
    private static readonly DateOnly Start = new(2026, 2, 2);

    /// <summary>A trace of so many cases over sixty days, to whole milliseconds, as the live city's clock has them.</summary>
    public TracedHue(int cases)
    {
        CityDefinition hue = BundledCities.Read("hue");
        City = hue with { Offices = [.. hue.Offices.OrderBy(o => o.Profile.Kind == OfficeKind.Department).Select(WithRivalDesk)] };
        Model = ModelOfCity.From(City, new CityAssumptions { AbsenceShare = 0 });
        Trace = TraceOf(Model, cases);
        Timeline = Simulation.City.Timeline.Of(Model, Start.AddDays(-3), 120) with { Trace = Trace };
    }

    public CityDefinition City { get; }

    public CityModel Model { get; }

    public ImmutableArray<TracedCase> Trace { get; }

    public Timeline Timeline { get; }

    public DateTimeOffset End => City.Rules.Calendar.At(Timeline.Start.AddDays(Timeline.Days), TimeOnly.MinValue);

    public City.Recorder Simulated()
    {
        City.Recorder simulated = new();
        CityRun.Of(Timeline, Seed, 0, simulated, TestContext.Current.CancellationToken);
        return simulated;
    }

    // A second desk with the skills of the first two: so that there is something to choose.
    private static OfficeDefinition WithRivalDesk(OfficeDefinition office)
    {
        DeskDefinition first = office.Desks[0];
        DeskDefinition rival = first with
        {
            Id = TwinId.Desk((office.Profile.Id.Number * 100) + 90),
            Skills = [.. office.Desks.Take(2).SelectMany(d => d.Skills).Distinct()],
            Discipline = Discipline.Fifo,
            Officials = [.. Enumerable.Range(900, 2).Select(n => TwinId.Official((office.Profile.Id.Number * 1_000) + n))],
        };
        return office with { Desks = [.. office.Desks, rival] };
    }

    private static ImmutableArray<TracedCase> TraceOf(CityModel model, int cases)
    {
        RandomStream luck = RandomStream.Of(Seed, StreamPurpose.Resampling);
        double[] volume = [.. model.Offices.Select(o => o.CasesPerDay.Sum())];
        double total = volume.Sum();
        List<TracedCase> trace = [];
        for (int i = 0; i < cases; i++)
        {
            int office = Draw(volume, total, luck.NextUnit());
            int service = Draw([.. model.Offices[office].CasesPerDay], volume[office], luck.NextUnit());
            ModelService asked = model.Services[service];
            DateTimeOffset at = model.Calendar.At(Start, TimeOnly.MinValue).Add(Whole(TimeSpan.FromDays(luck.NextUnit() * 60))).ToUniversalTime();
            bool goesUp = asked.Department >= 0 && model.Offices[office].Kind != OfficeKind.Department && luck.NextUnit() < 0.06;
            bool goesBack = goesUp && asked.Level == Level.Commune && luck.NextUnit() < 0.3;
            double urgency = luck.NextUnit();
            trace.Add(new TracedCase(
                at, office, service, urgency < 0.02 ? Urgency.Immediate : urgency < 0.1 ? Urgency.High : Urgency.Normal,
                Handling(asked, ref luck), goesUp ? Handling(asked, ref luck) : null, goesBack ? Handling(asked, ref luck) : null));
        }
        return [.. trace.OrderBy(c => c.At)];
    }

    private static TimeSpan Handling(ModelService service, ref RandomStream luck) => Whole(TimeSpan.FromMinutes(service.Handling.Next(ref luck)));

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));

    private static int Draw(double[] weights, double sum, double u)
    {
        double rest = u * sum;
        int i = 0;
        while (i < weights.Length - 1 && rest >= weights[i])
        {
            rest -= weights[i++];
        }
        return i;
    }
}
