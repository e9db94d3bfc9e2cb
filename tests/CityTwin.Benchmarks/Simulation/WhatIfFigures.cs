using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Benchmarks.Simulation;

/// <summary>What a planner waits for: a bundled scenario of Ho Chi Minh City with 30 paired replications, and a year of Huế.</summary>
public sealed class WhatIfFigures : IFigureSource
{
    /// <inheritdoc/>
    public string Area => "simulation";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(
        Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        CityModel hue = ModelOfCity.From(BundledCities.Read("hue"));
        CityRun.Of(Timeline.Of(hue, new DateOnly(2026, 1, 1), 60), 1, cancellation: cancellation);
        long begun = Stopwatch.GetTimestamp();
        CityOutcome year = CityRun.Of(Timeline.Of(hue, new DateOnly(2026, 1, 1), 365), 1, cancellation: cancellation);
        yield return new Figure("simulation", "a year of Huế", Stopwatch.GetElapsedTime(begun).TotalSeconds, "s", 1, Better.Lower, null,
            $"the bundled city in full, {year.Cases:N0} cases, {year.Events:N0} events, one core");
        progress("what-if of Ho Chi Minh City");
        Scenario scenario = ScenarioFile.Parse(BundledScenarios.Text("hcmc-flood-eight")).Scenario!;
        CompiledScenario compiled = ScenarioCompiler.Compile(scenario, ModelOfCity.From(BundledCities.Read("hcmc"), scenario.Base.Assumptions));
        long start = Stopwatch.GetTimestamp();
        WhatIfResult result = WhatIfRun.Of(
            scenario.Name, [("base", compiled.Before), (scenario.Name, compiled.After)], scenario.Run, null, null, cancellation);
        long events = result.Variants.Sum(v => v.Replications.Sum(r => r.Events));
        yield return new Figure("simulation", "HCMC what-if of 30 paired replications", Stopwatch.GetElapsedTime(start).TotalSeconds, "s", 60,
            Better.Lower, null, $"flood closes eight communes, {scenario.Base.Days} days, {events:N0} events, {Environment.ProcessorCount} cores");
    }
}
