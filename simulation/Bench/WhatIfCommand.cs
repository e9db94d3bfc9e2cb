using System.CommandLine;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Live;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>whatif</c>: runs a scenario beside its base.</summary>
internal static class WhatIfCommand
{
    private static readonly Argument<string?> Name = new("scenario") { Description = "a YAML file, or a bundled scenario", Arity = ArgumentArity.ZeroOrOne };
    private static readonly BaseOptions From = new();
    private static readonly Option<bool> Tornado = new("--tornado") { Description = "also run each assumption a fifth less and more" };
    private static readonly Option<bool> Schema = new("--schema") { Description = "print the JSON schema of scenarios, for editors" };
    private static readonly Option<bool> List = new("--list") { Description = "list the bundled scenarios" };
    private static readonly RunOptions Running = new();
    private static readonly BenchOutput Output = new();

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("whatif", "What happens if: a scenario against its base, as distributions with intervals.") { Name, Tornado, Schema, List };
        From.AddTo(command);
        Running.AddTo(command);
        Output.AddTo(command);
        command.SetBenchAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(Schema))
        {
            Console.WriteLine(BundledScenarios.Schema);
            return;
        }
        if (parsed.GetValue(List))
        {
            foreach (string bundled in BundledScenarios.Names)
            {
                Console.WriteLine($"{bundled,-24} {BenchInput.Read(bundled, BundledScenarios.Text(bundled)).Name}");
            }
            return;
        }
        string name = parsed.GetValue(Name) ?? throw new BenchFailureException("which scenario? a file, or one of whatif --list");
        Scenario scenario = BenchInput.Read(name, BenchInput.ScenarioText(name));
        (CityModel model, LiveCity? live) = await From.OfAsync(parsed, scenario, cancellation);
        CompiledScenario compiled = BenchInput.Compile(name, scenario, model, live);
        ScenarioRun run = Running.Over(scenario.Run, parsed);
        WhatIfResult result = await BenchOutput.WithProgressAsync(scenario.Name, p =>
            WhatIfRun.Of(scenario.Name, Variants(scenario, compiled), run, p, null, cancellation));
        if (parsed.GetValue(Tornado))
        {
            result = result with
            {
                Sensitivities = await BenchOutput.WithProgressAsync("sensitivities", p => CityTwin.Simulation.WhatIf.Tornado.Of(compiled.After, run, p, null, cancellation)),
            };
        }
        if (!scenario.Sweep.IsEmpty)
        {
            await Console.Error.WriteLineAsync($"run with the first value of {string.Join(", ", scenario.Sweep.Select(a => a.Name))}; sweep {name} runs all");
        }
        await Output.WriteAsync(parsed, result with { Savings = compiled.Savings, Named = compiled.Named }, scenario.Description, null, cancellation);
    }

    private static List<(string, Timeline)> Variants(Scenario scenario, CompiledScenario compiled) =>
        scenario.Changes.IsEmpty ? [("base", compiled.Before)] : [("base", compiled.Before), (scenario.Name, compiled.After)];
}
