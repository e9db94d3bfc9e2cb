using System.CommandLine;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>compare</c>: runs several scenarios of one base side by side.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string[]> Names = new("scenarios") { Description = "YAML files or bundled scenarios; the base is the first one's", Arity = ArgumentArity.OneOrMore };
    private static readonly BaseOptions From = new();
    private static readonly BestOption Choosing = new();
    private static readonly RunOptions Running = new();
    private static readonly BenchOutput Output = new();

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("compare", "Several scenarios of one base, paired, with corrected intervals and p-values.") { Names };
        From.AddTo(command);
        Choosing.AddTo(command);
        Running.AddTo(command);
        Output.AddTo(command);
        command.SetBenchAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string[] names = parsed.GetValue(Names)!;
        Scenario[] scenarios = [.. names.Select(n => BenchInput.Read(n, BenchInput.ScenarioText(n)))];
        (CityModel model, LiveCity? live) = await From.OfAsync(parsed, scenarios[0], cancellation);
        List<(string Name, Timeline Timeline)> variants = [];
        for (int i = 0; i < names.Length; i++)
        {
            // Only what is paired can be compared: everybody gets the first one's base.
            CompiledScenario compiled = BenchInput.Compile(names[i], scenarios[i] with { Base = scenarios[0].Base }, model, live);
            if (i == 0)
            {
                variants.Add(("base", compiled.Before));
            }
            variants.Add((scenarios[i].Name, compiled.After));
        }
        WhatIfResult result = await BenchOutput.WithProgressAsync("comparing", p =>
            WhatIfRun.Of($"{scenarios.Length} scenarios compared", variants, Running.Over(scenarios[0].Run, parsed), p, null, cancellation));
        result = await Choosing.OfAsync(parsed, result, cancellation);
        await Output.WriteAsync(parsed, result, string.Join(" | ", scenarios.Select(s => s.Description).Where(d => d.Length > 0)), null, cancellation);
    }
}
