using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.Agreement;

/// <summary>What became of traced cases in the live twins, by their place in the trace.</summary>
internal sealed class ReplayRecord
{
    public Dictionary<int, DateTimeOffset> DueAt { get; } = [];

    public Dictionary<int, List<TwinId>> Desks { get; } = [];

    public Dictionary<int, List<(DateTimeOffset At, TwinId Official)>> Starts { get; } = [];

    public Dictionary<int, (DateTimeOffset At, bool OnTime)> Resolved { get; } = [];

    public static TwinId CaseOf(int index) => TwinId.Case(index + 1);

    public static int IndexOf(TwinId id) => (int)id.Number - 1;

    public static CaseCommand Filing(CityModel model, CityRules rules, TracedCase traced, int index)
    {
        ServiceDefinition service = rules.Catalogue.Find(model.Services[traced.Service].Code)!;
        TwinId office = model.Offices[traced.Office].Id;
        TwinId commune = office.Kind == TwinKind.Commune ? office : model.Offices[0].Id;
        TwinId citizen = TwinId.Citizen(index + 1);
        return service.Kind == CaseKind.Dossier
            ? new CaseCommand.FileDossier(service.Code, commune, citizen, Channel.OnlinePortal, service.Documents, traced.Urgency)
            : new CaseCommand.FileFeedback(service.Code, commune, citizen, Channel.App, "replayed", null, traced.Urgency);
    }

    public void Keep(TwinId id, CaseEvent happened)
    {
        int index = IndexOf(id);
        switch (happened)
        {
            case CaseEvent.CaseFiled e:
                DueAt[index] = e.DueAt;
                Desks[index] = [];
                Starts[index] = [];
                break;
            case CaseEvent.CaseQueued e:
                Desks[index].Add(e.Desk);
                break;
            case CaseEvent.WorkStarted e:
                Starts[index].Add((e.At, e.Official));
                break;
            case CaseEvent.CaseResolved e:
                Resolved[index] = (e.At, e.OnTime);
                break;
            default:
                break;
        }
    }

    /// <summary>Demands the same desks, officials, starts, deadline and end of every case.</summary>
    /// <returns>How many cases were at more than one desk.</returns>
    public int AssertSame(City.Recorder simulated, CityModel model, int cases, ulong seed)
    {
        int several = 0;
        for (int i = 0; i < cases; i++)
        {
            Assert.True(DueAt[i] == simulated.DueAt[i], $"case {i}: due {DueAt[i]:O} and {simulated.DueAt[i]:O} (seed {seed})");
            TwinId[] desks = [.. simulated.DeskOf[i].Select(d => model.Desks[d].Id)];
            Assert.True(Desks[i].SequenceEqual(desks), $"case {i}: desks {string.Join(' ', Desks[i])} and {string.Join(' ', desks)} (seed {seed})");
            Assert.Equal(Starts[i].Select(s => s.At), simulated.StartedAt.GetValueOrDefault(i, []));
            Assert.Equal(Starts[i].Select(s => s.Official), simulated.OfficerOf.GetValueOrDefault(i, []).Select(o => model.Officers[o].Id));
            bool ended = Resolved.TryGetValue(i, out (DateTimeOffset At, bool OnTime) end);
            Assert.Equal(ended, simulated.ResolvedAt.TryGetValue(i, out DateTimeOffset simulatedEnd));
            Assert.Equal(end.At.UtcTicks, ended ? simulatedEnd.UtcTicks : 0);
            Assert.True(!ended || end.OnTime == simulatedEnd <= simulated.DueAt[i], $"case {i}: on time {end.OnTime} (seed {seed})");
            several += desks.Length > 1 ? 1 : 0;
        }
        return several;
    }
}
