using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.Agreement;

public sealed class AgreementTests
{
    private const int CaseCount = 100_000;
    private const ulong Seed = 46;
    private static readonly DateOnly Start = new(2026, 2, 2);

    [Fact]
    public void The_simulator_and_the_live_twins_agree_on_every_desk_start_deadline_and_end_of_a_hundred_thousand_cases()
    {
        CityDefinition hue = BundledCities.Read("hue");
        ImmutableArray<OfficeDefinition> offices = [.. hue.Offices.OrderBy(o => o.Profile.Kind == OfficeKind.Department).Select(WithRivalDesk)];
        CityModel model = ModelOfCity.From(hue with { Offices = offices }, new CityAssumptions { AbsenceShare = 0 });
        ImmutableArray<TracedCase> trace = Trace(model);
        Timeline timeline = Timeline.Of(model, Start.AddDays(-3), 120) with { Trace = trace };
        City.Recorder simulated = new();
        CityRun.Of(timeline, Seed, 0, simulated, TestContext.Current.CancellationToken);
        LiveReplay live = new(model, hue.Rules, offices, trace);
        live.Run(hue.Rules.Calendar.At(timeline.Start.AddDays(timeline.Days), TimeOnly.MinValue));

        int several = 0;
        for (int i = 0; i < trace.Length; i++)
        {
            Assert.True(live.DueAt[i] == simulated.DueAt[i], $"case {i}: due {live.DueAt[i]:O} and {simulated.DueAt[i]:O} (seed {Seed})");
            TwinId[] desks = [.. simulated.DeskOf[i].Select(d => model.Desks[d].Id)];
            Assert.True(live.Desks[i].SequenceEqual(desks), $"case {i}: desks {string.Join(' ', live.Desks[i])} and {string.Join(' ', desks)} (seed {Seed})");
            Assert.Equal(live.Starts[i].Select(s => s.At), simulated.StartedAt.GetValueOrDefault(i, []));
            Assert.Equal(live.Starts[i].Select(s => s.Official), simulated.OfficerOf.GetValueOrDefault(i, []).Select(o => model.Officers[o].Id));
            Assert.Equal(live.Resolved.TryGetValue(i, out var end), simulated.ResolvedAt.TryGetValue(i, out DateTimeOffset simulatedEnd));
            Assert.Equal(end.At.UtcTicks, live.Resolved.ContainsKey(i) ? simulatedEnd.UtcTicks : 0);
            several += desks.Length > 1 ? 1 : 0;
        }
        Assert.Equal(CaseCount, trace.Length);
        Assert.True(live.Resolved.Count > CaseCount * 0.95, $"only {live.Resolved.Count} ended");
        Assert.True(several > 1_000, $"only {several} cases went to another office");
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

    private static ImmutableArray<TracedCase> Trace(CityModel model)
    {
        RandomStream luck = RandomStream.Of(Seed, StreamPurpose.Resampling);
        double[] volume = [.. model.Offices.Select(o => o.CasesPerDay.Sum())];
        double total = volume.Sum();
        List<TracedCase> trace = [];
        for (int i = 0; i < CaseCount; i++)
        {
            int office = Draw(volume, total, luck.NextUnit());
            int service = Draw([.. model.Offices[office].CasesPerDay], volume[office], luck.NextUnit());
            ModelService asked = model.Services[service];
            DateTimeOffset at = model.Calendar.At(Start, TimeOnly.MinValue).AddTicks((long)(luck.NextUnit() * 60 * TimeSpan.TicksPerDay)).ToUniversalTime();
            bool goesUp = asked.Department >= 0 && model.Offices[office].Kind != OfficeKind.Department && luck.NextUnit() < 0.06;
            bool goesBack = goesUp && asked.Level == Level.Commune && luck.NextUnit() < 0.3;
            double urgency = luck.NextUnit();
            trace.Add(new TracedCase(
                at, office, service, urgency < 0.02 ? Urgency.Immediate : urgency < 0.1 ? Urgency.High : Urgency.Normal,
                Handling(asked, ref luck), goesUp ? Handling(asked, ref luck) : null, goesBack ? Handling(asked, ref luck) : null));
        }
        return [.. trace.OrderBy(c => c.At)];
    }

    private static TimeSpan Handling(ModelService service, ref RandomStream luck) => TimeSpan.FromMinutes(service.Handling.Next(ref luck));

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
