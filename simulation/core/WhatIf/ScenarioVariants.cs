using System.Collections.Immutable;
using System.Globalization;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.WhatIf;

/// <summary>The timelines that a scenario asks for: its base, and the base with the changes, once for every combination of its sweep.</summary>
/// <param name="Timelines">Names and timelines, the base first; empty where there are mistakes.</param>
/// <param name="Axes">The levers that are swept; empty: none.</param>
/// <param name="Savings">Working days that simplified procedures save.</param>
/// <param name="Named">The places of the offices that the changes name.</param>
/// <param name="Mistakes">All mistakes; empty when it can be run.</param>
public sealed record ScenarioVariants(
    ImmutableArray<(string Name, Timeline Timeline)> Timelines, ImmutableArray<SweepAxis> Axes, ImmutableArray<Saving> Savings,
    ImmutableArray<int> Named, ImmutableArray<ScenarioMistake> Mistakes)
{
    /// <summary>The most variants that one run has, the base not counted.</summary>
    public const int Max = 200;

    /// <summary>The lever and its values where exactly one is swept: what a curve can be drawn along.</summary>
    public (string Lever, IReadOnlyList<double> Values)? Line => Axes is [SweepAxis axis] ? (axis.Name, axis.Values) : null;

    /// <summary>Compiles a scenario over a model.</summary>
    /// <param name="yaml">The scenario's text.</param>
    /// <param name="model">Its base city.</param>
    /// <param name="live">The live state to start from, or null.</param>
    /// <param name="axes">Levers to sweep that the text leaves open or has otherwise; those of the text that are not among them follow.</param>
    /// <param name="isSwept">False: one variant, with the first value of each lever.</param>
    public static ScenarioVariants Of(
        string yaml, CityModel model, LiveCity? live = null, IReadOnlyList<SweepAxis>? axes = null, bool isSwept = true)
    {
        SweepAxis[] given = [.. axes ?? []];
        ScenarioReading first = ScenarioFile.Parse(yaml, given.ToDictionary(a => a.Name, a => a.Values[0]));
        if (first.Scenario is not { } scenario)
        {
            return Mistaken(first.Mistakes);
        }
        ImmutableArray<SweepAxis> all = isSwept ? [.. given, .. scenario.Sweep.Where(a => given.All(g => g.Name != a.Name))] : [];
        List<Dictionary<string, double>> points = Grid(all);
        if (points.Count > Max)
        {
            return Mistaken([new ScenarioMistake(1, 1, MistakeCode.TooManyCombinations, [$"{points.Count}", string.Join(", ", all.Select(a => a.Name)), $"{Max}"])]);
        }
        List<(string, Timeline)> timelines = [];
        CompiledScenario? last = null;
        foreach (Dictionary<string, double> point in points)
        {
            ScenarioReading reading = ScenarioFile.Parse(yaml, point);
            if (reading.Scenario is not { } here)
            {
                return Mistaken(reading.Mistakes);
            }
            last = ScenarioCompiler.Compile(here, model, live);
            if (!last.Mistakes.IsEmpty)
            {
                return Mistaken(last.Mistakes);
            }
            if (timelines.Count == 0)
            {
                timelines.Add(("base", last.Before));
            }
            if (!here.Changes.IsEmpty)
            {
                timelines.Add((all.IsEmpty ? here.Name : NameOf(point), last.After));
            }
        }
        return new ScenarioVariants([.. timelines], all, last!.Savings, last.Named, []);
    }

    private static ScenarioVariants Mistaken(ImmutableArray<ScenarioMistake> mistakes) => new([], [], [], [], mistakes);

    private static string NameOf(Dictionary<string, double> point) =>
        string.Join(", ", point.Select(p => $"{p.Key} {p.Value.ToString(CultureInfo.InvariantCulture)}"));

    private static List<Dictionary<string, double>> Grid(ImmutableArray<SweepAxis> axes)
    {
        List<Dictionary<string, double>> points = [[]];
        foreach (SweepAxis axis in axes)
        {
            points = [.. points.SelectMany(p => axis.Values.Select(v => new Dictionary<string, double>(p) { [axis.Name] = v })).Take(Max * Max)];
        }
        return points;
    }
}
