using CityTwin.Grains;
using CityTwin.Simulation;
using CityTwin.Simulation.City;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Draws up what charts need of a result, so that a page gets some hundred kilobytes and not every replication.</summary>
internal static class ChartsOfResult
{
    /// <summary>Variants that keep their lines, offices and desks; of a longer sweep the first ones and the last.</summary>
    private const int DetailedMax = 7;

    /// <summary>Of a result.</summary>
    public static RunCharts Of(WhatIfResult result, ScenarioVariants variants)
    {
        Timeline timeline = result.Base;
        CityModel model = timeline.Phases[0].Model;
        int last = result.Variants.Length - 1;
        return new RunCharts(
            timeline.Live is null ? model.Name : "live", timeline.Start, timeline.Days, timeline.WarmUpDays, result.Variants[0].Replications.Length,
            result.Run.Confidence, (long)result.Run.Seed, timeline.Live?.At, timeline.Live?.Cases.Length,
            [.. Enumerable.Range(0, timeline.Days).Select(timeline.Start.AddDays).Where(model.Calendar.IsWorkingDay)],
            variants.Line is { } line && result.Variants.Length == line.Values.Count + 1 ? new SweptLever(line.Lever, line.Values) : null,
            [.. Enumerable.Range(0, last + 1).Select(v => Variant(result, v, v < DetailedMax - 1 || v == last))],
            [.. result.Named.Select(o => model.Offices[o].Id)],
            [.. result.Sensitivities.Select(s => new SensitivityReading(s.Name, EstimateReading.Of(s.Low), EstimateReading.Of(s.High)))],
            [.. result.Savings.Select(s => new SavingReading(s.Service, s.DaysOff, s.CasesPerYear, s.DaysPerYear))])
        {
            Ranking = [.. PlanRank.Of(result).Select(r => new RankReading(r.Variant, EstimateReading.Of(r.OnTime), Math.Round(r.BestProbability, 4)))],
            Choice = result.Choice is { } c ? new ChoiceReading(c.Variant, c.IsDecided, c.Indifference, c.Confidence, c.Replications) : null,
        };
    }

    /// <summary>Every figure of a variant beside the base.</summary>
    public static FigureReading[] Figures(WhatIfResult result, int variant) => [.. Metric.All.Select((m, k) => new FigureReading(
        m.Key, m.Name, m.Unit, m.IsHigherBetter, EstimateReading.Of(result.Of(0, k)),
        variant == 0 ? null : EstimateReading.Of(result.Of(variant, k)), variant == 0 ? null : EstimateReading.Of(result.Difference(variant, k))))];

    private static VariantCharts Variant(WhatIfResult result, int variant, bool isDetailed)
    {
        VariantResult of = result.Variants[variant];
        return new VariantCharts(
            of.Name, Figures(result, variant), isDetailed ? Backlog(of) : null,
            isDetailed ? [.. Enumerable.Range(0, result.Base.Phases[0].Model.Offices.Length).Select(o => Office(result, variant, o))] : [],
            isDetailed ? Desks(of) : []);
    }

    private static BandReading Backlog(VariantResult of)
    {
        int days = of.Replications.Min(r => r.Backlog.Length);
        double[][] sorted = [.. Enumerable.Range(0, days).Select(d => of.Replications.Select(r => (double)r.Backlog[d]).Order().ToArray())];
        double[] At(double share) => [.. sorted.Select(s => Math.Round(QuantileInterval.At(s, share), 1))];
        return new BandReading(At(0.05), At(0.5), At(0.95));
    }

    private static OfficeCharts Office(WhatIfResult result, int variant, int office)
    {
        VariantResult of = result.Variants[variant];
        ModelOffice profile = result.Base.Phases[0].Model.Offices[office];
        double[] before = result.Variants[0].OnTimeOf(office);
        double[] after = of.OnTimeOf(office);
        double[] differences = [.. before.Zip(after, (a, b) => b - a)];
        return new OfficeCharts(
            profile.Id, profile.Name, Math.Round(of.Replications.Average(r => r.Resolved[office]), 1), Mean(after, result.Run.Confidence),
            variant == 0 ? null : Mean(differences, result.Run.Confidence), Mean(of.DaysOf(office), result.Run.Confidence));
    }

    // An office without a result in some replication has no share there.
    private static EstimateReading? Mean(double[] values, double confidence)
    {
        double[] there = [.. values.Where(double.IsFinite)];
        return there.Length == 0 ? null : EstimateReading.Of(MeanInterval.Of(there, confidence));
    }

    private static DeskKindCharts[] Desks(VariantResult of)
    {
        CityModel model = of.Timeline.Phases[0].Model;
        return [.. Enumerable.Range(0, model.Desks.Length)
            .GroupBy(d => (Level: model.Offices[model.Desks[d].Office].Kind == OfficeKind.Department ? Level.City : Level.Commune, model.Desks[d].Name))
            .Select(g => Desk(of, g.Key.Level, g.Key.Name, [.. g]))
            .Where(d => d.StaffHours > 0)
            .OrderByDescending(d => d.StaffHours)];
    }

    private static DeskKindCharts Desk(VariantResult of, Level level, string name, int[] desks)
    {
        double Sum(Func<ReplicationRecord, double[]> hours) => of.Replications.Average(r => desks.Sum(d => hours(r)[d]));
        double busy = Sum(r => r.Hours.Busy);
        double shift = Sum(r => r.Hours.OnShift);
        double absent = Sum(r => r.Hours.Absent);
        double shut = Sum(r => r.Hours.Shut);
        double staff = Math.Max(shift, busy) + absent + shut;
        double starts = of.Replications.Average(r => desks.Sum(d => (double)r.Queues.Starts[d]));
        double Percent(double hours) => staff > 0 ? Math.Round(hours / staff * 100, 2) : 0;
        return new DeskKindCharts(
            level, name, Math.Round(staff, 1), Percent(busy), Percent(Math.Max(0, shift - busy)), Percent(absent), Percent(shut),
            starts > 0 ? Math.Round(Sum(r => r.Queues.Waited) / starts, 4) : 0);
    }
}
