using System.Collections.Immutable;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.WhatIf;

/// <summary>How much the answer hangs on what was assumed: each assumption less and more by a fifth, all else the same.</summary>
public static class Tornado
{
    private static readonly (string Name, Func<CityModel, double, CityModel> Change)[] Assumptions =
    [
        ("Demand ±20 %", (m, f) => m with { Offices = [.. m.Offices.Select(o => o with { CasesPerDay = [.. o.CasesPerDay.Select(c => c * f)] })] }),
        ("Handling time ±20 %", (m, f) => OfServices(m, s => s with { Handling = s.Handling.Scaled(f) })),
        ("Process days ±20 %", (m, f) => OfServices(m, s => s with { ProcessDays = s.ProcessDays?.Scaled(f) })),
        ("Escalations ±20 %", (m, f) => OfServices(m, s => s with { EscalateChance = s.EscalateChance * f })),
        ("Questions to citizens ±20 %", (m, f) => OfServices(m, s => s with { AskChance = s.AskChance * f, MissingChance = s.MissingChance * f })),
        ("Filed online ±20 %", (m, f) => OfServices(m, s => s with { OnlineShare = Math.Min(1, s.OnlineShare * f) })),
    ];

    /// <summary>Runs the timeline with each assumption changed; sorted by effect, the largest first.</summary>
    /// <remarks>The parameters are those of <see cref="WhatIfRun.Of"/>; another place is asked for the places in <see cref="Variants"/>.</remarks>
    public static ImmutableArray<Sensitivity> Of(
        Timeline timeline, ScenarioRun run, Action<RunProgress>? progress = null, RunPace? pace = null, CancellationToken cancellation = default)
    {
        WhatIfResult result = WhatIfRun.Of("sensitivities", Variants(timeline), run with { Precision = null }, progress, pace, cancellation);
        Interval Difference(int variant) => MeanInterval.OfDifference(result.Variants[0].Metric(0), result.Variants[variant].Metric(0), run.Confidence);
        return [.. Assumptions
            .Select((a, i) => new Sensitivity(a.Name, Difference((2 * i) + 1), Difference((2 * i) + 2)))
            .OrderByDescending(s => Math.Max(Math.Abs(s.Low.Estimate), Math.Abs(s.High.Estimate)))];
    }

    /// <summary>The timeline as it is, then with each assumption less and more.</summary>
    public static IReadOnlyList<(string Name, Timeline Timeline)> Variants(Timeline timeline)
    {
        List<(string, Timeline)> variants = [("base", timeline)];
        foreach ((string name, Func<CityModel, double, CityModel> change) in Assumptions)
        {
            foreach (double factor in (double[])[0.8, 1.2])
            {
                variants.Add((name, timeline with { Phases = [.. timeline.Phases.Select(p => p with { Model = change(p.Model, factor) })] }));
            }
        }
        return variants;
    }

    private static CityModel OfServices(CityModel model, Func<ModelService, ModelService> change) =>
        model with { Services = [.. model.Services.Select(change)] };
}
