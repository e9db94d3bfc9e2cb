using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;

namespace CityTwin.Simulation.Scenarios;

/// <summary>Turns a scenario and its city into timelines that can be simulated.</summary>
public static class ScenarioCompiler
{
    private const int WorkingDaysPerYear = 250;

    /// <summary>Compiles a scenario.</summary>
    /// <param name="scenario">What was read.</param>
    /// <param name="city">The base city's model.</param>
    /// <param name="live">The live state to start from, or null: from an empty city.</param>
    /// <returns>The timelines, or all mistakes in names.</returns>
    public static CompiledScenario Compile(Scenario scenario, CityModel city, LiveCity? live = null)
    {
        CityModel model = city with { EndOfShift = scenario.Base.EndOfShift, Coupling = scenario.Base.Coupling };
        NameBook names = new(model);
        LeverEffects effects = new(model, names);
        DateOnly start = live is null ? scenario.Base.Start : model.Calendar.DateOf(live.At);
        ImmutableArray<Phase> phases = [.. Boundaries(scenario, start).Select(day => new Phase(day, On(day, scenario, model, effects, start)))];
        // Levers that change nothing on the days simulated still have their names checked.
        On(start, scenario with { Changes = [.. scenario.Changes.Select(c => c with { From = null, To = null })] }, model, effects, start);
        Timeline before = new()
        {
            Start = start,
            Days = scenario.Base.Days,
            Phases = [new Phase(start, model)],
            WarmUpDays = live is null ? scenario.Base.WarmUpDays : 0,
            FindsWarmUp = live is null && scenario.Base.FindsWarmUp,
            Live = live,
        };
        return new CompiledScenario(before, before with { Phases = phases }, Savings(scenario, model, names), [.. names.Named], names.Mistakes);
    }

    private static SortedSet<DateOnly> Boundaries(Scenario scenario, DateOnly start)
    {
        DateOnly end = start.AddDays(scenario.Base.Days);
        SortedSet<DateOnly> days = [start];
        foreach (ScenarioChange change in scenario.Changes)
        {
            if (change.From is { } from)
            {
                days.Add(from);
            }
            if (change.To is { } to)
            {
                days.Add(to.AddDays(1));
            }
            if (change.Lever is Lever.Trend)
            {
                for (DateOnly month = start.AddMonths(1); month < end; month = month.AddMonths(1))
                {
                    days.Add(month);
                }
            }
        }
        return [.. days.Where(d => d >= start && d < end)];
    }

    private static CityModel On(DateOnly day, Scenario scenario, CityModel model, LeverEffects effects, DateOnly start)
    {
        foreach (ScenarioChange change in scenario.Changes)
        {
            bool isActive = (change.From is null || day >= change.From) && (change.To is null || day <= change.To);
            model = effects.Pull(model, change.Lever, isActive, (day.DayNumber - start.DayNumber) / 365.25);
        }
        return model;
    }

    // As the city counts it: days taken off each procedure, and the same times how often it is asked for.
    private static ImmutableArray<Saving> Savings(Scenario scenario, CityModel model, NameBook names)
    {
        List<Saving> savings = [];
        foreach (Lever.Simplify lever in scenario.Changes.Select(c => c.Lever).OfType<Lever.Simplify>().Where(l => l.Days > 0 || l.Share > 0))
        {
            foreach (int s in names.Services(lever.Of).Where(s => model.Services[s].Limit.SameDayUntil is null))
            {
                double limit = (double)model.Services[s].Limit.WorkingDays;
                double off = limit - lever.LimitOf(limit);
                double cases = model.Offices.Sum(o => o.CasesPerDay[s]) * WorkingDaysPerYear;
                savings.Add(new Saving(model.Services[s].Name, off, cases, off * cases));
            }
        }
        return [.. savings];
    }
}

/// <summary>A scenario ready to run.</summary>
/// <param name="Before">The base, unchanged.</param>
/// <param name="After">The base with the changes.</param>
/// <param name="Savings">What simplified procedures save.</param>
/// <param name="Named">The places of the offices that the changes name.</param>
/// <param name="Mistakes">Names that the city does not have; where there are some, nothing may be run.</param>
public sealed record CompiledScenario(
    Timeline Before, Timeline After, ImmutableArray<Saving> Savings, ImmutableArray<int> Named, ImmutableArray<ScenarioMistake> Mistakes);

/// <summary>What simplifying one procedure saves.</summary>
/// <param name="Service">Its name.</param>
/// <param name="DaysOff">Working days taken off its limit.</param>
/// <param name="CasesPerYear">How often it is asked for in a year.</param>
/// <param name="DaysPerYear">Citizens' working days of waiting saved a year.</param>
public sealed record Saving(string Service, double DaysOff, double CasesPerYear, double DaysPerYear);
