using System.CommandLine;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>Options that override how a scenario is run.</summary>
internal sealed class RunOptions
{
    private readonly Option<int?> _replications = new("--replications") { Description = "paired replications, 2 to 10000" };
    private readonly Option<double?> _precision = new("--precision") { Description = "run on until the on-time difference is known to so many points, as 0.5" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "seed of all random draws" };
    private readonly Option<double?> _confidence = new("--confidence") { Description = "level of the intervals, 0.5 to 0.999" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_replications);
        command.Options.Add(_precision);
        command.Options.Add(_seed);
        command.Options.Add(_confidence);
    }

    /// <summary>The scenario's own way of running, with what was given.</summary>
    public ScenarioRun Over(ScenarioRun run, ParseResult parsed) => run with
    {
        Replications = Within("--replications", parsed.GetValue(_replications), 2, 10_000) is { } n ? (int)n : run.Replications,
        Precision = Within("--precision", parsed.GetValue(_precision), 1e-4, 100) / 100 ?? run.Precision,
        Seed = parsed.GetValue(_seed) ?? run.Seed,
        Confidence = Within("--confidence", parsed.GetValue(_confidence), 0.5, 0.999) ?? run.Confidence,
    };

    private static double? Within(string name, double? value, double low, double high) => value < low || value > high
        ? throw new BenchFailureException($"{name}: {value} is not from {low} to {high}")
        : value;
}
