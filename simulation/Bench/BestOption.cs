using System.CommandLine;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>--best</c>: which of several plans is best, with a stated probability of being right.</summary>
internal sealed class BestOption
{
    private readonly Option<double?> _best = new("--best") { Description = "choose the best plan at --confidence; differences of so many points on time do not matter" };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_best);

    /// <summary>The result with the choice, where one was asked for.</summary>
    public async Task<WhatIfResult> OfAsync(ParseResult parsed, WhatIfResult result, CancellationToken cancellation)
    {
        if (parsed.GetValue(_best) is not { } points)
        {
            return result;
        }
        if (result.Variants.Length < 3 || !(points > 0))
        {
            throw new BenchFailureException("--best needs two plans or more and a difference above 0");
        }
        return result with { Choice = await BenchOutput.WithProgressAsync("choosing", p => PlanChoice.Of(result, points, p, cancellation)) };
    }
}
