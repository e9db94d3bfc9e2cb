using System.CommandLine;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>sweep</c>: runs a scenario for every value of its levers.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string> Name = new("scenario") { Description = "a YAML file, or a bundled scenario" };
    private static readonly Option<string[]> Set = new("--set") { Description = "values of a $name, as officers=1..6 or share=0.1,0.2", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<double?> Best = new("--best") { Description = "find the best plan at --confidence; differences of so many points on time do not matter" };
    private static readonly RunOptions Running = new();
    private static readonly BenchOutput Output = new();

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("sweep", "A scenario for every value of one lever, or of several.") { Name, Set, Best };
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
        ScenarioVariants swept = ScenarioVariants.Of(text, BenchInput.Model(scenario), null, given);
        if (!swept.Mistakes.IsEmpty)
        {
            throw BenchInput.Mistaken(name, swept.Mistakes);
        }
        List<(string Name, Timeline Timeline)> variants = [.. swept.Timelines];
        ScenarioRun run = Running.Over(scenario.Run, parsed);
        if (parsed.GetValue(Best) is { } points2)
        {
            await SelectAsync(variants[1..], run, points2, cancellation);
        }
        WhatIfResult result = await BenchOutput.WithProgressAsync(scenario.Name, p => WhatIfRun.Of(scenario.Name, variants, run, p, null, cancellation));
        await Output.WriteAsync(parsed, result, scenario.Description, swept.Line, cancellation);
    }

    private static async Task SelectAsync(List<(string Name, Timeline Timeline)> plans, ScenarioRun run, double indifference, CancellationToken cancellation)
    {
        if (plans.Count < 2 || indifference <= 0)
        {
            throw new BenchFailureException("--best needs two plans or more and a difference above 0");
        }
        Selection chosen = await BenchOutput.WithProgressAsync("choosing", p =>
        {
            int done = 0;
            return SelectTheBest.Largest(
                plans.Count,
                (plan, r) =>
                {
                    p(new RunProgress(++done, Math.Max(done + 1, plans.Count * 10)));
                    return 100 * CityRun.Of(plans[plan].Timeline, run.Seed, r, null, cancellation).OnTimeShare;
                },
                indifference,
                run.Confidence,
                replicationMax: run.ReplicationMax);
        });
        string verdict = chosen.IsDecided ? $"best at {run.Confidence * 100:0.#} %" : "undecided; looks best";
        Console.WriteLine($"{verdict}: {plans[chosen.Best].Name} ({chosen.Means[chosen.Best]:0.0} % on time; {chosen.Replications.Sum()} replications in all)");
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
