using System.CommandLine;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>sweep</c>: runs a scenario for every value of its levers.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string> Name = new("scenario") { Description = "a YAML file, or a bundled scenario" };
    private static readonly Option<string[]> Set = new("--set") { Description = "values of a $name, as officers=1..6 or share=0.1,0.2", AllowMultipleArgumentsPerToken = true };
    private static readonly BaseOptions From = new();
    private static readonly BestOption Choosing = new();
    private static readonly RunOptions Running = new();
    private static readonly BenchOutput Output = new();

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("sweep", "A scenario for every value of one lever, or of several.") { Name, Set };
        From.AddTo(command);
        Choosing.AddTo(command);
        Running.AddTo(command);
        Output.AddTo(command);
        command.SetBenchAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string name = parsed.GetValue(Name)!;
        string text = BenchInput.ScenarioText(name);
        List<SweepAxis> given = [.. (parsed.GetValue(Set) ?? []).Select(Axis)];
        Scenario scenario = BenchInput.Read(name, text, given.ToDictionary(a => a.Name, a => a.Values[0]));
        if (given.Count + scenario.Sweep.Length == 0)
        {
            throw new BenchFailureException($"{name} has no sweep: write $officers in a change and sweep: {{officers: 1..6}}, or --set officers=1..6");
        }
        (CityModel model, LiveCity? live) = await From.OfAsync(parsed, scenario, cancellation);
        ScenarioVariants swept = ScenarioVariants.Of(text, model, live, given);
        if (!swept.Mistakes.IsEmpty)
        {
            throw BenchInput.Mistaken(name, swept.Mistakes);
        }
        List<(string Name, Timeline Timeline)> variants = [.. swept.Timelines];
        ScenarioRun run = Running.Over(scenario.Run, parsed);
        WhatIfResult result = await BenchOutput.WithProgressAsync(scenario.Name, p => WhatIfRun.Of(scenario.Name, variants, run, p, null, cancellation));
        result = result with { Savings = swept.Savings, Named = swept.Named };
        result = await Choosing.OfAsync(parsed, result, cancellation);
        await Output.WriteAsync(parsed, result, scenario.Description, swept.Line, cancellation);
    }

    private static SweepAxis Axis(string text)
    {
        try
        {
            return SweepSyntax.Parse(text);
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"--set {e.Message}", e);
        }
    }
}
